"""Codes as people write them in cells and margins: where one ends and the next begins, and which are the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

__all__ = ["Remark", "labels_in", "path_of", "read_remark", "same", "says_code"]

_BULLET = re.compile(r"^\s*(?:[-–—•·▪■□◦●○➢►✓✔*\uf0b7\uf0d8\uf0a7]+|[oO](?=\s{2,}))\s*")
_NUMBER = re.compile(r"^\s*(?:[(\[]?\d{1,3}[a-z]?[.)\]]+|[a-z][.)])\s+")
_INLINE = re.compile(r"(?:(?<=\s)|^)[(\[]?(\d{1,2})[.)\]]+\s+")
_JOINS = re.compile(
    r"(?:\b(?:dan|atau|yang|di|ke|dari|untuk|dengan|pada|dalam|oleh|tentang|terhadap|sebagai|karena|kepada|antara|and|or|of|to|the|in|with)"
    r"|[-–/&,(])\s*$",
    re.IGNORECASE,
)
_TAG = re.compile(r"(?<![\w#&])#(\w[\w’'-]*(?:/\w[\w-]*)*)")
_NAMED = re.compile(
    r"^\s*(?:kode|code|koding|coding|konsep|label|(?:sub ?)?(?:tema|kategori)|theme|category)\s*\d*\s*[:=]\s*",
    re.IGNORECASE,
)
_WIDER = re.compile(r"^\s*(?:(?:sub ?)?(tema|kategori)|(theme|category))\b", re.IGNORECASE)
"""How a line begins that names what stands above a code."""
_NEXT = re.compile(r"[;|](?=\s*(?:kode|code|(?:sub ?)?(?:tema|kategori)|theme|category)\s*\d*\s*[:=])", re.IGNORECASE)
_NOTED = re.compile(r"^\s*(?:catatan|memo|komentar|nb|ket(?:erangan)?|note|comment)\.?\s*[:=]", re.IGNORECASE)
_ABOVE = re.compile(r"\s*(?:>|::|\\)(?!\s*\d)\s*")
_LEVELS = re.compile(r"\s*(?:>|→|»|::)\s*")
_PROSE = re.compile(
    r"\?[\s!)]*$|[.!?…]\s+\S|\b(?:saya|kamu|anda|tolong|mohon|coba|perlu|sebaiknya|kenapa|mengapa|apakah|cek|lihat|please|why|check)\b",
    re.IGNORECASE,
)

_LOUD = re.compile(r"!\W*$")
_CALL = re.compile(
    r"\b(?:penting|bagus|menarik|keren|wow|wah|waduh|nah|setuju|ok[ey]?|mantap|hati-hati|awas|ingat|catat|jangan|pakai|gunakan|ambil|tambah(?:kan)?"
    r"|hapus|ganti|perbaiki|bandingkan|tanyakan|sip|hebat|betul|salah|good|nice|great|important|interesting|use|add|delete|note)\b",
    re.IGNORECASE,
)
"""What makes words with an exclamation mark a remark; without one they may well stand in a code."""
_SURE, _PERHAPS = 3, 4
"""Up to how many words with an exclamation mark behind them are surely, and perhaps, a code."""

_IN_CODE = re.compile(r"\s*(?:dan|atau|yang|serta|maupun|and|or)\b", re.IGNORECASE)
"""What begins the last part of a list inside of a code."""
_PART = 5
"""The most words of a code between commas of which nothing is known."""

WORDS = 8
"""A margin comment, or part of one, with more words than this is a remark and no code."""


def same(label: str) -> str:
    """Return *label* in the form in which labels are compared: case, spelling of joints and doubling, and numbering don't matter.

    >>> same("Anak2 & Biaya-Sekolah.") == same("anak-anak dan biaya sekolah")
    True
    """
    text = unicodedata.normalize("NFKC", label).casefold().replace("&", " dan ")
    text = re.sub(r"([^\W\d_]{3,})2\b", r"\1 \1", text)
    return " ".join(re.findall(r"[^\W_]+", text))


def labels_in(cell: str, known: Collection[str] = ()) -> tuple[str, ...]:
    r"""Return the codes in *cell*, as they are written, each once.

    One stands on each line, behind each bullet, number or ``#``, or between semicolons. Commas part codes only where each part is short
    and one of them is one of *known* (in the form of `same`), since they also stand inside of codes.

    >>> labels_in("1. upah rendah\n2. kerja panjang; capek")
    ('upah rendah', 'kerja panjang', 'capek')
    >>> labels_in("gaji kecil, telat"), labels_in("gaji kecil, telat", {"gaji kecil"})
    (('gaji kecil, telat',), ('gaji kecil', 'telat'))
    """
    tags = _TAG.findall(cell)
    if tags and not _TAG.sub("", cell).strip(" \t\n,;."):
        return _unique(tag.replace("_", " ") for tag in tags)
    return _unique(label for line in _lines(cell) for part in line.split(";") for label in _by_commas(part, known))


def path_of(label: str) -> tuple[str, ...]:
    r"""Return a code with what is written to stand above it, outermost first; a sign before an amount is no such thing.

    >>> path_of("Siasat > remitan"), path_of(r"Siasat\remitan"), path_of("upah > 100 ribu")
    (('Siasat', 'remitan'), ('Siasat', 'remitan'), ('upah > 100 ribu',))
    """
    parts = [_bare(part) for part in _ABOVE.split(label)]
    return tuple(parts) if all(any(c.isalpha() for c in part) for part in parts) else (label,)


def _unique(labels: Iterator[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for label in labels:
        bare = _bare(label)
        if any(c.isalnum() for c in bare):
            found.setdefault(same(bare) or bare, bare)
    return tuple(found.values())


def _bare(label: str) -> str:
    text = _NAMED.sub("", _NUMBER.sub("", _BULLET.sub("", " ".join(label.split()))))
    return text.strip(' \t,;:"“”').rstrip(".") if not text.endswith("...") else text.strip(' \t,;:"“”')


def _lines(cell: str) -> Iterator[str]:
    """Yield the lines of *cell*; one that was only broken, as in a narrow column, is put together."""
    current = ""
    for line in cell.split("\n"):
        bare = line.strip()
        if not bare:
            if current:
                yield from _numbered(current)
            current = ""
            continue
        open_ = current.count("(") > current.count(")")
        if current and (_JOINS.search(current) or open_) and not (_BULLET.match(bare) or _NUMBER.match(bare)):
            current = f"{current} {bare}"
            continue
        if current:
            yield from _numbered(current)
        current = bare
    if current:
        yield from _numbered(current)


def _numbered(line: str) -> Iterator[str]:
    """Yield the parts of a line that counts: ``1. satu 2. dua``."""
    marks = list(_INLINE.finditer(line))
    numbers = [int(mark[1]) for mark in marks]
    if len(marks) > 1 and marks[0].start() == 0 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        ends = [mark.start() for mark in marks[1:]] + [len(line)]
        for mark, end in zip(marks, ends, strict=True):
            yield line[mark.end() : end]
    else:
        yield line


def _by_commas(part: str, known: Collection[str]) -> Iterator[str]:
    pieces = part.split(",")
    forms = [same(_bare(piece)) for piece in pieces]
    if (
        len(pieces) > 1
        and same(_bare(part)) not in known
        and (
            all(form in known for form in forms)
            or (
                any(form in known for form in forms)
                and not any(_IN_CODE.match(p) or len(p.split()) > _PART for p in pieces)
            )
        )
    ):
        yield from pieces
    else:
        yield part


@dataclass(frozen=True, slots=True)
class Remark:
    """What a margin comment says: codes, each with what stands above it, outermost first; and the words that are none.

    `unsure` tells that an exclamation mark leaves open whether it is a code.
    """

    codes: tuple[tuple[str, ...], ...] = ()
    words: str = ""
    unsure: bool = False


def read_remark(text: str, known: Collection[str] = ()) -> Remark:
    """Return the codes and the words in a margin comment.

    ``#kode`` is a code wherever it stands. Otherwise a part of the comment (a line, or what semicolons part) is a code if it has at
    most eight words and is no sentence, question or request, or if it is one of *known* (in the form of `same`); ``tema > kode`` names
    what stands above, and so does ``Tema: …`` on a line beside ``Kode: …``. ``kode: penjelasan`` is a code with a remark. A bare label stays a code with an exclamation mark behind it; of
    more than three words it is unsure. All other words are the remark.

    >>> read_remark("Upah rendah: sehari cuma cukup buat makan. Bandingkan dengan informan 2.")
    Remark(codes=(('Upah rendah',),), words='sehari cuma cukup buat makan. Bandingkan dengan informan 2.', unsure=False)
    >>> read_remark("tantangan > ketidakpastian; hujan").codes
    (('tantangan', 'ketidakpastian'), ('hujan',))
    >>> read_remark("Coba tanyakan lagi, apakah ini pernah terjadi?")
    Remark(codes=(), words='Coba tanyakan lagi, apakah ini pernah terjadi?', unsure=False)
    >>> read_remark("Upah rendah!").codes, read_remark("Bagus!").codes
    ((('Upah rendah',),), ())
    """
    tags = _TAG.findall(text)
    if tags:
        codes = tuple(tuple(part.replace("_", " ") for part in tag.split("/")) for tag in tags)
        words = " ".join(_TAG.sub(" ", text).split()).strip(" ,;")
        return Remark(tuple(dict.fromkeys(codes)), words if any(c.isalnum() for c in words) else "")
    found: dict[str, tuple[str, ...]] = {}
    words_: list[str] = []
    wider = _wider(text)
    for line in wider.rest if wider is not None else text.split("\n"):
        stated = bool(_NAMED.match(line))
        for part in labels_in(line, known) if not _is_prose(line, known) or stated else (line.strip(),):
            path, rest = _label_and_rest(part, known, stated=stated)
            if path:
                found.setdefault(same(" ".join(path)), path)
            if rest:
                behind = line[line.find(rest) + len(rest) :] if rest in line else ""
                words_.append(rest + behind[: len(behind) - len(behind.lstrip(".…"))])
    unsure = any(_is_unsure(line, known) for line in text.split("\n"))
    above = wider.path if wider is not None else ()
    return Remark(tuple((*above, *path) for path in found.values()), "\n".join(words_).strip(), unsure)


@dataclass(frozen=True, slots=True)
class _Wider:
    """What the lines of a remark name above its codes, outermost first, and its other lines."""

    path: tuple[str, ...]
    rest: tuple[str, ...]


def _wider(text: str) -> _Wider | None:
    """Return what stands above the codes of a remark such as ``Kode: telat bayar`` above ``Tema: upah``; None if nothing does."""
    lines = _NEXT.sub("\n", text).split("\n")
    named: dict[str, list[str]] = {}
    rest: list[str] = []
    for line in lines:
        match = _WIDER.match(line) if _NAMED.match(line) else None
        if match is None:
            rest.append(line)
        else:
            level = line[: match.end()].casefold().replace(" ", "")
            named.setdefault(level, []).extend(labels_in(line))
    coded = any(_NAMED.match(line) for line in rest)
    if not coded or not named or any(len(labels) != 1 for labels in named.values()):
        return None
    order = sorted(named, key=lambda level: (level.endswith(("kategori", "category")), level.startswith("sub")))
    return _Wider(tuple(named[level][0] for level in order), tuple(rest))


def says_code(text: str) -> bool:
    """Tell whether some line of *text* says itself that it is a code.

    >>> says_code("Kode: upah rendah"), says_code("upah rendah")
    (True, False)
    """
    return any(_NAMED.match(line) for line in text.split("\n"))


def _is_unsure(line: str, known: Collection[str]) -> bool:
    """Tell whether only an exclamation mark speaks against a code, or for a remark, and no more is known of it."""
    if "!" not in line or _NAMED.match(line) or _NOTED.match(line) or same(line) in known or _CALL.search(line):
        return False
    return _PROSE.search(re.sub(r"!+\W*", " ", line)) is None and _SURE < len(line.split()) <= WORDS


def _is_prose(text: str, known: Collection[str]) -> bool:
    if same(text) in known:
        return False
    parts = [part for part in re.split(r"[;:]", text) if part.strip()]
    if _LOUD.search(text) and (
        _CALL.search(text) or len(re.findall(r"\w\S*", _LEVELS.split(parts[-1])[-1])) > _PERHAPS
    ):
        return True
    return bool(_PROSE.search(text.strip())) or all(len(part.split()) > WORDS for part in parts)


def _label_and_rest(part: str, known: Collection[str], *, stated: bool) -> tuple[tuple[str, ...], str]:
    if not part:
        return (), ""
    path = tuple(bare for piece in _LEVELS.split(part) if (bare := _bare(piece)))
    if _NOTED.match(part) and not stated:
        return (), part
    if path and (stated or same(path[-1]) in known or not _is_prose(path[-1], known)) and ":" not in part:
        return tuple(bare for piece in path if (bare := piece.rstrip("! "))), ""
    label, colon, rest = part.partition(":")
    if not colon:
        label, colon, rest = part.partition(" – ")
    if (
        colon
        and rest.strip()
        and not label.strip()[-1:].isdigit()
        and (same(label) in known or not _is_prose(label, known))
    ):
        return tuple(bare for piece in _LEVELS.split(label) if (bare := _bare(piece))), rest.strip()
    return (), part
