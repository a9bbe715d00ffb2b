"""What the columns of a coded table or coding sheet hold, by their headings in Indonesian or English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qualcode.importers._words import is_role_label, role_of

__all__ = [
    "CODED",
    "LEVELS",
    "QUOTES",
    "answering",
    "asking_and_answering",
    "column_of",
    "columns_of",
    "heading",
    "theming",
]

_FIELDS: tuple[tuple[str, str], ...] = (
    ("number", r"(?:no|nomor|number)(?: urut)?|urut(?:an)?|#|nr"),
    ("line", r"(?:no |nomor |kode )?(?:baris|line|lines)"),
    ("turn", r"(?:no |nomor )?(?:giliran(?: bicara)?|turn|turns)"),
    ("start", r"start|awal|posisi awal"),
    ("end", r"end|akhir|posisi akhir"),
    ("coder", r"coder|pengode|koder|peneliti|excerpt creator|owner"),
    (
        "transcript",
        r"transcript|(?:nama |kode |judul |file )?(?:transkrip|sumber(?: data)?|dokumen|file|berkas)|document(?: name)?|source|media title|file ?name",
    ),
    (
        "informant",
        r"(?:kode |id |nama samaran |inisial |nama )?(?:informan|narasumber|responden|partisipan|subjek|subyek|participant|informant|respondent)",
    ),
    (
        "speaker",
        r"(?:nama |kode )?(?:pembicara|penutur|speaker|pelaku|tokoh|peserta)(?: fgd| diskusi)?|[pwity] ?/ ?[nsijr]|label(?: pembicara)?",
    ),
    ("quote", r"(?:daftar |isi )?(?:pertanyaan|tanya|questions?) ?(?:dan|/|&|,|serta|and)? ?(?:jawab(?:an)?|answers?)"),
    ("question", r"(?:daftar |butir |isi )?(?:pertanyaan|question|tanya)(?: .*)?"),
    (
        "code",
        r"tags?|code ?names?|codes applied(?: combined)?|(?:(?:hasil|label|daftar|nama|initial|kode|keterangan|arti|makna) )?(?:open(?: coding)?|terbuka|initial cod(?:es?|ing)|(?:peng|pen)?(?:kode|koding|kodean|odean)|coding|codes?"
        r"|code key|kodefikasi|konsep(?:tualisasi)?|concepts?|label konsep|kata kunci|keywords?|labels?)(?: (?:terbuka|awal|open|label|konsep|name))?(?: ?(?:\d|[ivx]{1,3}))?",
    ),
    (
        "subcategory",
        r"sub ?(?:kategori|category|tema|theme)s?|emergent themes?|indikator",
    ),
    (
        "category",
        r"kategori(?:sasi)?(?: .*)?|category|categories|grouping|pengelompokan|kelompok(?: .*)?|rumpun|family|"
        r"(?:(?:peng|pen)?(?:koding|odean|kodean)|coding)? ?(?:axial|aksial)(?: coding)?|dimensi|aspek|cluster(?: .*)?|"
        r"analisis (?:kategori(?:k|al|sasi)?|tematik|koding)",
    ),
    (
        "theme",
        r"tema(?: .*)?|themes?|(?:(?:peng|pen)?(?:koding|odean|kodean)|coding)? ?(?:selective|selektif)(?: coding)?|"
        r"super ?ordinate(?: themes?)?|core category",
    ),
    ("time", r"waktu|jam|menit(?: ke)?|time(?: ?(?:stamp|code|span))?"),
    ("stance", r"stance|sikap"),
    ("elicited", r"elicited|cara muncul|how it came up"),
    ("uncertain", r"uncertain|ragu"),
    (
        "memo",
        r"(?:interpretasi|pemadatan|fakta|catatan|memo|keterangan|analisis|refleksi|notes?|komentar|comments?|tafsir(?:an)?|makna|"
        r"penjelasan|kesimpulan|reduksi|pemaknaan|interpretations?|insights?|exploratory|deskripsi)(?: .*)?",
    ),
    ("quote", r"quotation content|quotation|excerpt(?: copy)?|(?:coded )?segments?|sel(?:ected )?text"),
    (
        "quote",
        r"(?:(?:speaker and|penutur dan|hasil|isi|data|contoh|kutipan|teks|uraian|bukti|petikan|transkrip|original|interview|selected|key|raw|direct) )*(?:wawancara|interview|verbatim|transkrip(?:si|t)?|transcripts?|transcription|"
        r"kutipan|data|data mentah|raw data|teks|text|pernyataan|ujaran|ucapan|dialog|percakapan|narasi|jawaban|respon|answers?|quotes?|isi|content|konten|"
        r"unit makna|meaning units?|significant statements?|hasil|petikan|uraian|cerita)"
        r"(?: (?:wawancara|verbatim|informan|narasumber|partisipan|subjek|responden|asli|data|langsung|penting|signifikan|bermakna|penelitian|interview|mentah).*)?",
    ),
)
_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _FIELDS)

LEVELS = ("code", "subcategory", "category", "theme")
"""Columns of codes, from the nearest to the text to the widest."""

CODED = frozenset(LEVELS)

_NAME = 4.0
"""The most words of a cell that names a transcript, on average."""

FIELDS = frozenset(name for name, _ in _FIELDS)

QUOTES = re.compile(
    r"(?:.* )?(?:kutipan|quotes?|quotation content|excerpt|segments?|seltext|verbatim|petikan|ujaran|unit makna|significant statements?)(?: .*)?"
)
"""The headings, as `heading` gives them, that say quotes and nothing else."""


def heading(text: str) -> str:
    """Return a column's heading in the form in which headings are compared.

    >>> heading(" Hasil_Wawancara (verbatim): ")
    'hasil wawancara'
    """
    plain = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", text.casefold())
    return " ".join(re.sub(r"[_.:*–—-]+", " ", plain).split())


def column_of(text: str) -> str | None:
    """Return what a column with the heading *text* holds, or None.

    >>> [column_of(x) for x in ("Hasil Wawancara", "Koding", "Tema", "Pemadatan Fakta", "Usia", "No.")]
    ['quote', 'code', 'theme', 'memo', None, 'number']
    """
    name = heading(text)
    if not name or len(name) > 60:
        return None
    # "Transkrip" alone heads what was said in one table and names the file in another: columns_of decides.
    return next((field for field, pattern in _PATTERNS if pattern.fullmatch(name)), None)


def columns_of(
    head: Sequence[str], said: Mapping[str, str] | None = None, words: Sequence[float] | None = None
) -> dict[str, tuple[int, ...]]:
    """Return at which places the columns with the headings *head* hold what.

    Parameters
    ----------
    head : sequence of str
        The headings.
    said : mapping of str to str, optional
        What the user says: the heading of the column of the ``quote``, the ``code`` …
    words : sequence of float, optional
        How many words the cells of each column have on average: *Transkrip* heads what was said in one table and names it in another.
    """
    fields = [column_of(text) for text in head]
    plain = [heading(text) for text in head]
    for name, wanted in (said or {}).items():
        at = next((n for n, text in enumerate(plain) if text == heading(wanted)), None)
        if at is not None and name in FIELDS:
            fields = [None if field == name else field for field in fields]
            fields[at] = name
    if "quote" not in fields and "transcript" in fields:
        at = fields.index("transcript")
        if plain[at].startswith("trans") and (words is None or words[at] > _NAME):
            fields[at] = "quote"
    if fields.count("quote") > 1 and "transcript" not in fields and words is not None:
        at = min((n for n, field in enumerate(fields) if field == "quote"), key=lambda n: words[n])
        if words[at] <= _NAME:
            fields[at] = "transcript"
    found: dict[str, list[int]] = {}
    for at, field in enumerate(fields):
        if field is not None:
            found.setdefault(field, []).append(at)
    return {field: tuple(places) for field, places in found.items()}


def answering(head: Sequence[str], columns: Mapping[str, Sequence[int]]) -> tuple[int, ...]:
    """Return the places of columns that each hold the answers of another informant, as ``Informan 1 | Informan 2``; or none.

    Such a table puts the same questions to several people, so one of its columns must hold questions.

    >>> head = ("No", "Pertanyaan", "Jawaban Informan Kunci (Pak RW)", "Jawaban Informan Pendukung")
    >>> answering(head, columns_of(head))
    (2, 3)
    """
    places = tuple(at for at, text in enumerate(head) if whose(text))
    names = {heading(head[at]) + head[at] for at in places}
    return places if "question" in columns and len(places) > 1 and len(names) == len(places) else ()


def theming(head: Sequence[str], columns: Mapping[str, Sequence[int]]) -> tuple[int, ...]:
    """Return the places of columns that each hold what another informant says of the theme that the row is about; or none.

    >>> head = ("Tema", "Informan 1", "Informan 2", "Kesimpulan")
    >>> theming(head, columns_of(head))
    (1, 2)
    """
    places = tuple(at for at, text in enumerate(head) if whose(text))
    themed = any(at < places[0] for name in LEVELS for at in columns.get(name, ())) if places else False
    alone = not {"question", "quote"} & columns.keys()
    return places if themed and alone and len(places) > 1 and len({head[at] for at in places}) == len(places) else ()


def asking_and_answering(head: Sequence[str]) -> tuple[int, ...]:
    """Return the places of the columns of who asks and of who answers, where each has one and nothing else is in the table; or none.

    >>> asking_and_answering(("No", "Peneliti", "Informan")), asking_and_answering(("Peneliti", "Tahun"))
    ((1, 2), ())
    """
    named = {at: text for at, text in enumerate(head) if column_of(text) != "number" and text.strip()}
    roles = {at: role_of(text) for at, text in named.items() if is_role_label(text.strip().title())}
    # "Pertanyaan | Informan" says whom to ask.
    if len(roles) != len(named) or len(roles) < 2 or any(column_of(t) in {"question", "quote"} for t in named.values()):
        return ()
    asks = [at for at, role in roles.items() if role is not None and role.asks]
    answers = [at for at, role in roles.items() if role is not None and role.is_voice]
    return (asks[0], *answers) if len(asks) == 1 and answers and len(asks) + len(answers) == len(roles) else ()


def whose(text: str) -> str:
    """Return the label of the informant whose answers stand below the heading *text*, or nothing.

    >>> whose("Jawaban Informan 2"), whose("Informan"), whose("Jawaban")
    ('Informan 2', '', '')
    """
    label = _ANSWER_OF.sub("", " ".join(text.split())).strip(" :.*")
    role = role_of(re.sub(r"\([^)]*\)", " ", label))
    told = len(label.split()) > 1 or any(c.isdigit() for c in label)
    return label if role is not None and role.is_voice and told and is_role_label(label) and len(label) <= 60 else ""


_ANSWER_OF = re.compile(r"^(?:hasil )?(?:jawaban|tanggapan|respon|wawancara|pernyataan)(?: dari)?\b", re.IGNORECASE)
