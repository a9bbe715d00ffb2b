"""What stands above the talk: header fields and the legend of speakers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qualcode.importers._words import slug
from qualcode.importers.header.missing import is_missing
from qualcode.importers.header.privacy import is_private_key, is_private_value, is_pseudonym, plain_key
from qualcode.model import AttributeValue, Kind

__all__ = [
    "TALK_TITLE",
    "Field",
    "attribute_value",
    "field_of",
    "id_in",
    "id_of",
    "is_usual",
    "kind_in",
    "may_be_usual",
]

_FIELD = re.compile(
    r"[ \t>|]*(?:[-*•+][ \t]+)?(?:(?:\d{1,2}|[a-z])[.)][ \t]*)?[*_|]{0,3}[ \t]*"
    r"(?P<key>[^\W\d_][^\n:：=\t|*]{0,50}?)[ \t*_\u00a0]*(?P<separator>[:：=∶﹕꞉]|\t|\|)[*_\t :：|\u00a0]*(?P<value>[^\n]*)"
)
_DASHED = re.compile(
    r"[ \t]*(?:[-*•+▪][ \t]+)?(?P<key>[A-Z][^\n:=\t|*–—.?!]{1,40}?)[ \t]+(?P<separator>[–—-])[ \t]+(?P<value>[^\n]{1,80}(?<![?!…]))"
)
"""A field whose value stands behind a dash, ``Usia – 44``; only usual keys of a person are believed: titles have dashes too."""
_BRACKETS = re.compile(r"\([^)]*\)")
_ID = re.compile(
    r"(?:(?:kode|nomor|no|id|inisial|nama samaran|samaran|pseudonim)\.?(?: (?:informan|narasumber|responden|partisipan|subjek|subyek|"
    r"peserta|transkrip|wawancara))?|informan|narasumber|responden|subjek|subyek|partisipan|participant(?: id)?|interviewee|"
    r"respondent|informant|nama(?: lengkap| informan| narasumber| responden| subjek| partisipan)?)(?: ke)?"
)
_CATEGORY = re.compile(
    r"(?:kategori|jenis|tipe|status|peran)(?: (?:informan|narasumber|partisipan|responden))|kategori|category"
)
_METADATA: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "tanggal",
            r"(?:hari|tanggal|tgl|date|interview date|date of interview)(?: (?:dan|tanggal|tgl|waktu|jam|wawancara|observasi|"
            r"pelaksanaan|kegiatan|diskusi|pengambilan data))*",
        ),
        ("jam", r"(?:jam|pukul|time)(?: (?:wawancara|mulai|selesai|observasi|pelaksanaan))?"),
        ("waktu", r"waktu(?: (?:dan|hari|tgl|tanggal|jam|tempat|wawancara|pelaksanaan|observasi|kegiatan))*"),
        (
            "tempat",
            r"(?:tempat|lokasi|place|location|setting)(?: (?:dan|hari|tanggal|tgl|waktu|jam|wawancara|pelaksanaan|observasi|penelitian|kegiatan|diskusi))*",
        ),
        ("suasana", r"(?:suasana|situasi|keadaan|kondisi)(?: (?:wawancara|saat wawancara|lokasi))|suasana|situasi"),
        (
            "pewawancara",
            r"(?:(?:(?:nama(?: lengkap)?|inisial|identitas|data(?: diri)?|profil|biodata|tim)(?: (?:lengkap|singkat))? )?"
            r"(?:pewawancara|peneliti|interviewer|researcher|enumerator|reporter|hosts?|pembawa acara|penyiar)(?: (?:\d|i{1,3}|[a-c]))?)",
        ),
        ("moderator", r"(?:nama )?(?:moderator|fasilitator|facilitator|pemandu)"),
        ("notulen", r"(?:nama )?(?:notulen|notulis|pencatat)"),
        ("pengamat", r"(?:nama )?(?:pengamat|observer)"),
        ("transkripsi", r"(?:di)?transkrip(?:si|tor)?(?: oleh)?|transcribed by|transcriber|diperiksa(?: oleh)?"),
        ("durasi", r"durasi(?: .*)?|lama (?:wawancara|rekaman|diskusi)|duration|length"),
        ("rekaman", r"(?:file |nomor |no\.? |kode |alat )?(?:rekaman|perekam)|audio|recording|file"),
        ("judul", r"judul(?: .*)?|title|penelitian|proyek|project|topik|topic|tema|fokus(?: .*)?"),
        (
            "jenis",
            r"(?:jenis|bentuk)(?: (?:data|sumber|dokumen|catatan|kegiatan|wawancara))?|metode(?: .*)?|teknik(?: .*)?|kind|type",
        ),
        ("wawancara_ke", r"(?:wawancara|pertemuan|sesi|interview|session)(?: (?:ke|number|no))?"),
        ("acara", r"(?:nama |jenis )?(?:acara|kegiatan)"),
        (
            "catatan",
            r"catatan(?: .*)?|note|notes|sumber|source|bahasa(?: wawancara)?|language|izin.*|persetujuan|informed consent|jumlah peserta|"
            r"kode file|nama file|mata kuliah|dosen(?: .*)?|description|slug|linktitle|permalink|layout|tags?|categories",
        ),
    )
)
_OF_RESEARCHER = re.compile(
    # "Hubungan dengan peneliti" tells of the informant.
    r"(?!.*\b(?:dengan|dgn|kepada|pada|oleh|terhadap|untuk|dari|with|to|by|informan|narasumber|responden|partisipan)\b)"
    r"(?:.+ (?:pewawancara|peneliti|interviewer|researcher|enumerator)(?: \d{1,2})?|(?:interviewer|researcher)(?:['’]s)? .+)"
)
_RESEARCHER = re.compile(r"\b(?:pewawancara|peneliti|interviewer|researcher|enumerator)\b(?:['’]s)?", re.IGNORECASE)
_PERSON = re.compile(
    r"usia|umur|age|jenis kelamin|kelamin|gender|sex|pendidikan.*|education|pekerjaan.*|occupation|job|kerja|profesi|status.*|"
    r"agama|suku.*|asal.*|lama .*|jenis (?:usaha|pekerjaan|dagangan)|usaha|penghasilan.*|pendapatan.*|tanggungan|jumlah .*|"
    r"jabatan|tempat tinggal|domisili|daerah asal|bpjs.*|jam kerja|marital.*|religion"
)
_ID_VALUE = re.compile(
    r"(?:informan|narasumber|responden|partisipan|subjek|subyek|peserta|informant|participant|respondent|inf|nara|resp|part|sub|"
    r"[A-Z]{1,3})(?:[-_ .]?(?:kunci|utama|pendukung|tambahan))?[-_ .]{0,2}\d{1,3}",
    re.IGNORECASE,
)
_CODE = re.compile(r"[^\W_](?:[^\W_]|[-.](?=[^\W_])){0,11}")
_ID_ANYWHERE = re.compile(r"\b(?:informan|narasumber|responden|partisipan|subjek|inf)-\d{1,3}\b", re.IGNORECASE)
_AGE = re.compile(
    r"(?:±|\+/-|sekitar|kurang lebih)?\s*(\d{1,3})\s*(?:tahun|thn|th|years?(?: old)?|y\.?o)?\.?", re.IGNORECASE
)
_GENDER = re.compile(r"perempuan|laki-?\s?laki|pria|wanita|female|male|woman|man", re.IGNORECASE)
_NAMED_PART = re.compile(r"(?:usia|umur|berusia|berumur|jenis kelamin|age|aged|gender|sex)\b[ \t]*", re.IGNORECASE)
_LONGEST = 5000
_MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec)[a-z]*\b|\d{1,2}[/-]\d{1,2}[/-]\d{2,4}",
    re.IGNORECASE,
)

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.GROUP, re.compile(r"\bFGD\b|\bfocus group|\bdiskusi (?:kelompok|terarah|terpumpun)|\bwawancara kelompok(?! \d)|\bgroup (?:interview|discussion)", re.I)),
    (Kind.JOURNAL, re.compile(r"\bjurnal (?:reflek\w+|peneliti|harian)|\bcatatan (?:harian|reflek\w+)|\brefleksi (?:peneliti|diri|lapangan)|\breflexive journal|\bbuku harian\b|\bdiary\b|\breflexive diary|\bjenis\s*:\s*jurnal", re.I)),
    (Kind.OBSERVATION, re.compile(r"\bobservasi\b|\bcatatan (?:lapangan|pengamatan|kunjungan)|\blembar (?:pengamatan|ringkasan kontak)|\blog ?book\b|\bringkasan kontak\b|\bcontact summary|\bobservation(?:s| notes?)\b|\bfield ?notes?\b|\bpengamatan\b", re.I)),
    (Kind.DOCUMENT, re.compile(r"\bjenis\s*:\s*dokumen|\b(?:berita(?! acara wawancara)|surat kabar|siaran pers|notulen(?:si)? rapat|peraturan|undang-undang|keputusan (?:lurah|camat|bupati|wali ?kota|gubernur|menteri|presiden|kepala|direktur|rektor|dekan)|surat (?:edaran|keputusan|izin|pernyataan)|kliping|"
            r"artikel|laporan (?:tahunan|kegiatan|keuangan)|minutes of)\b", re.I)),
    (Kind.INTERVIEW, re.compile(r"\bwawancara\b|\binterview\b", re.I)),
)  # fmt: skip

TALK_TITLE = re.compile(
    r"\b(?:tran?s?k\w*|verbatim|hasil|petikan|kutipan|naskah|laporan)(?: hasil)? wawancara|\binterview transcript",
    re.IGNORECASE,
)
"""Titles of what was said in an interview."""
_GUIDE = re.compile(
    r"\b(?:pedoman|panduan|instrumen|protokol|kisi-kisi|daftar pertanyaan|rancangan) wawancara|\binterview (?:guide|protocol)|"
    r"\b(?:persetujuan|kesediaan)\b.{0,40}\bwawancara",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a header.

    `target` is ``attribute``, ``metadata``, ``private``, ``id`` or ``category``; `known` tells whether the key is a usual one,
    `tabbed` whether only a tab or cell border parts it from its value.
    """

    key: str
    value: str
    target: str
    known: bool
    tabbed: bool = False


@lru_cache(maxsize=32768)
def field_of(line: str) -> Field | None:
    """Return the header field that *line* holds, or None; no field is as long as a speech may be."""
    match = _FIELD.match(line) if len(line) <= _LONGEST else None
    dashed = _DASHED.fullmatch(line.rstrip()) if match is None and len(line) <= _LONGEST else None
    if dashed is not None and _is_personal(_key(dashed["key"])):
        match = dashed
    if match is None:
        return None
    key = _key(match["key"])
    value = match["value"].strip(" \t*_|\u00a0")
    if not key or len(key.split()) > 6 or value.startswith("//"):
        return None
    target, name, known = _classify(key, value)
    return Field(name, value, target, known, match["separator"] in "\t|")


def _is_personal(key: str) -> bool:
    """Tell whether *key* is a usual one that tells of a person, and not of the source."""
    target, _, known = _classify(key, "")
    return known and (target == "attribute" or is_private_key(key))


def _key(key: str) -> str:
    return " ".join((_BRACKETS.sub(" ", key) if "(" in key else key).split()).strip(" .")


@lru_cache(maxsize=4096)
def is_usual(key: str) -> bool:
    """Tell whether *key* is one that headers usually have."""
    return _classify(key.rstrip(" :："), "")[2]


@lru_cache(maxsize=4096)
def _may_be_usual(key: str) -> bool:
    return is_usual(key) or _ID.fullmatch(plain_key(key)) is not None


def may_be_usual(line: str) -> bool:
    """Tell whether the key of the header field in *line* may be a usual one; what it says is not looked into."""
    match = _FIELD.match(line)
    return match is not None and _may_be_usual(_key(match["key"]))


_RESEARCHERS = {"pewawancara", "moderator", "notulen", "pengamat", "transkripsi"}
"""Fields whose very purpose is to name who did the research."""


def _classify(key: str, value: str) -> tuple[str, str, bool]:
    """Return the target, the name and whether the key is a usual one, see `Field`."""
    plain = plain_key(key).replace(". ", " ")  # "Tgl. Wawancara"
    coded = _ID_VALUE.fullmatch(_bare(value)) is not None
    if is_pseudonym(key) and not coded:
        kept = not is_private_value(value, names=False)
        return ("attribute" if kept else "private"), "nama_samaran", True
    if _ID.fullmatch(plain) and (coded or plain.startswith(("kode", "id"))):
        target = "private" if not coded and is_private_value(value) else "id"
        return target, slug(key, "_"), True
    for name, pattern in _METADATA:
        if pattern.fullmatch(plain):
            if name == "waktu":
                name = "tanggal" if _MONTH.search(value) else "jam"
            private = is_private_value(value, names=name not in _RESEARCHERS)
            return ("private" if private else "metadata"), name, True
    if is_private_key(key) or (_ID.fullmatch(plain) and not re.match(r"(?:no|nomor|id|inisial|kode)\b", plain)):
        return "private", slug(key, "_"), True
    if _OF_RESEARCHER.fullmatch(plain):
        private = is_private_value(value, names=False)
        return ("private" if private else "metadata"), slug(key, "_"), is_usual(_RESEARCHER.sub("", key))
    private = is_private_value(value, key=key)
    if _CATEGORY.fullmatch(plain):
        return ("private" if private else "category"), "kategori", True
    return ("private" if private else "attribute"), slug(key, "_"), bool(_PERSON.fullmatch(plain))


def _bare(value: str) -> str:
    return re.sub(r"\([^)]*\)", "", value).strip(" .,;")


def id_in(value: str, *, anywhere: bool = False) -> str | None:
    """Return the informant's code that *value* is (or, *anywhere*, holds), such as ``informan-03``; or None."""
    if anywhere:
        match = _ID_ANYWHERE.search(value)
        return match[0] if match else None
    bare = _bare(value)
    return bare.replace(" ", "-") if _ID_VALUE.fullmatch(bare) else None


def id_of(field: Field) -> str | None:
    """Return the informant's code that *field* gives, or None.

    Under a key that asks for a code (``Kode informan``), any short code counts: with a digit, in capitals, or with a dash that
    does not join two names. A bare number counts only where the key names the informant.
    """
    if field.target != "id":
        return None
    bare = _bare(field.value)
    if found := id_in(bare):
        return found
    if not field.key.startswith(("kode", "id")) or not _CODE.fullmatch(bare) or is_private_value(bare):
        return None
    if bare.isdigit():
        return bare if field.key not in {"kode", "id"} and not field.key.endswith(("transkrip", "wawancara")) else None
    names = re.fullmatch(r"(?:[A-Z][a-z]{2,}[-.]?)+", bare)
    telling = any(c.isdigit() for c in bare) or bare.isupper() or "-" in bare
    return bare if telling and names is None else None


def attribute_value(key: str, value: str) -> dict[str, AttributeValue]:
    """Return the attributes that a field gives: whole numbers as int, an age without its unit, ``None`` where it is empty."""
    if is_missing(value):
        return {key: None}
    if key in {"usia", "umur", "age"}:
        first, _, rest = value.partition(",")
        if age := _AGE.fullmatch(re.sub(r"\([^)]*\)", "", first).strip()):
            found: dict[str, AttributeValue] = {key: int(age[1])}
            if rest.strip() and not _GENDER.fullmatch(rest.strip()):
                return {key: value}
            if rest.strip():
                found["jenis_kelamin"] = rest.strip()
            return found
    return {key: whole_number(value)}


def whole_number(value: str) -> AttributeValue:
    """Return *value* as an int if it is a whole number, with or without points between thousands; otherwise unchanged."""
    text = value.strip()
    if re.fullmatch(r"-?(?:0|[1-9]\d{0,14})", text):
        return int(text)
    if re.fullmatch(r"[1-9]\d{0,2}(?:\.\d{3})+", text):
        return int(text.replace(".", ""))
    return value


def described(line: str, *, person: bool = False) -> dict[str, AttributeValue]:
    """Return the attributes in a line of description, such as ``Perempuan, 34 tahun, penjual kopi``; or none.

    Only its age and sex are taken; the rest could be anything. Where it is sure that a *person* is described, a number among other
    words is an age, too.
    """
    found: dict[str, AttributeValue] = {}
    parts = [part.strip() for part in line.strip(" .*_#").split(",")]
    for part in parts:
        bare = _NAMED_PART.sub("", part)
        if _GENDER.fullmatch(bare):
            found["jenis_kelamin"] = bare
        elif (age := _AGE.fullmatch(bare)) and (not part.isdigit() or (person and len(parts) > 1 and len(part) == 2)):
            found["usia"] = int(age[1])
    return found


def kind_in(text: str) -> Kind | None:
    """Return the kind of source that a title or header names, or None."""
    for kind, pattern in _KINDS:
        if pattern.search(text):
            return Kind.DOCUMENT if kind is Kind.INTERVIEW and is_guide(text) else kind
    return None


def is_guide(text: str) -> bool:
    """Tell whether titles name the questions that were to be asked, or a form to be signed, and not what was said."""
    return _GUIDE.search(text) is not None and TALK_TITLE.search(text) is None
