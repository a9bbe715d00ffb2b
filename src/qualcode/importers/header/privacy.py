"""What identifies a person in a header or a table: kept in the text, never made an attribute.

Patterns find what has a form: names behind a form of address, streets, house numbers, telephone numbers, NIK, e-mail. A bare
name in a field of another meaning has none and is not found.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from qualcode.importers._words import HONORIFICS, KINSHIP, is_name, role_of

__all__ = ["holds_name", "is_private", "is_private_key", "is_private_value", "is_pseudonym", "names_under", "plain_key"]

_KEY = re.compile(
    r"(?:nama|name|full name|alamat|address|telepon|telpon|telp|tlp|handphone|ponsel|whatsapp|phone|mobile|nik|e-?mail|surel|"
    r"instagram|facebook|tiktok|twitter|akun|npwp|nip|nidn|nuptk|nim|nrp|nisn|nis|tanda tangan|ttl|tanggal lahir|tgl lahir|tempat tanggal lahir|"
    r"tempat tgl lahir|tempat dan tanggal lahir|date of birth|dob|birth ?date|"
    r"panggilan|biasa dipanggil|sapaan|inisial|initials?|alias|julukan|nickname|"
    r"(?:no|nomor|number)\.? ?(?:hp|handphone|telepon|"
    r"telpon|telp|tlp|wa|whatsapp|kontak|ktp|kk|nik|rekening|bpjs|npwp|sim|ponsel|paspor|induk))\b|"
    # "KTP DKI: ya" is an attribute, "KTP: 3174…" is not.
    r"(?:jalan|rt|rw|rt rw|kode pos|hp|wa|kontak|contact|ktp|ig|fb|media sosial|rekening)$|"
    r".*\b(?:nama|name|alamat|address|nik|telepon|e-?mail)\b"
)
_NAME_KEY = re.compile(
    # A place or a body that is named is nobody's name.
    r"(?!.*\b(?:tempat|lokasi|kota|desa|dusun|kampung|kelurahan|kecamatan|kabupaten|daerah|pasar|sekolah|kampus|universitas|"
    r"instansi|lembaga|organisasi|komunitas|perusahaan|program|file|rekaman|kegiatan)\b)(?:.*\b(?:nama|name|panggilan|dipanggil|sapaan|alias|julukan|nickname)\b.*|"
    r"(?:informan|narasumber|responden|subjek|subyek|partisipan|participant|interviewee|respondent|informant)(?: ke)?)"
)
_WORD = re.compile(r"[^\W\d_]+")
_PSEUDONYM = re.compile(r"(?:nama )?(?:samaran|pseudonim)(?: (?:informan|narasumber|responden|partisipan))?|pseudonym")
_KIN = KINSHIP | {"ibu", "bapak", "orang tua", "pasangan"} - {"tetangga", "pembeli", "pelanggan", "penumpang", "tamu"}

_PLACE = re.compile(
    # A street, lane or alley with its name; "di dalam gang" and "jalan kampung" name none.
    r"\b(?i:jl|jln|gg|lrg)\b\.? ?\w|\b(?i:jalan|gang|lorong)\b\s+[A-Z]|\b(?i:gang|lorong)\b ?\d|"
    r"\b(?i:jalan|gang|lorong)\b.{0,40}?\b(?i:no|nomor)\b\.? ?\d|"
    r"\b[Rr][TtWw][ ./:]*0?\d|"
    r"\b(?i:blok|kav|kavling)\b\.? ?[A-Z]{0,2}[-/]?\d|"
    r"(?:\b[Rr]umah |, ?)(?i:no|nomor)\b\.? ?\d"
)
_NUMBER = re.compile(
    r"(?<!\d)(?:\d{16}|\d{4}([ .-])\d{4}\1\d{4}\1\d{4}|\d{6}([ .-])\d{6}\2\d{4}|(?:19|20)\d{6}[ .]?(?:19|20)\d{4}[ .]?[12][ .]?\d{3})(?!\d)|"
    # Times and dates such as "08.00 - 17.00" have no two digits behind the eight.
    r"(?<!\d)(?:\+?62[ .-]?|0)8\d{1,2}(?:[ .-]?\d){6,10}|"
    # The thousands of an amount, as in "Rp50.000-150.000", are no area code.
    r"(?<!\d)(?:\(0\d{2,3}\)[ .-]?|(?:(?<!\d[.,])0\d|0[1-9])\d{1,2}[ -]?)\d{3,4}[ .-]?\d{3,4}(?!\d)|"
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.\w|(?<!\w)@\w{3}"
)
_ADDRESSED = re.compile(
    r"\b(?i:pak|bu|ibu|bapak|bpk|mas|mbak|mba|mbok|mbah|eyang|nenek|kakek|bang|abang|kak|kakak|kang|teteh|pakde|bude|om|tante|koh|"
    r"haji|hajah|hj|ustaz|ustadz|ustadzah|nyai|kyai|opung|daeng|cak|uda)\b\.? "
    r"(?!(?i:rumah|kota|pertiwi|hamil|tiri|mertua|menyusui|tunggal|rt|rw|lurah|camat|guru|kost?|asuh|angkat|kandung|ipar)\b)"
    r"[A-Z]\w|\bH\. ?[A-Z][a-z]|\b(?i:bernama|namanya|atas nama)\b:? [A-Z]"
)


def plain_key(key: str) -> str:
    """Return *key* in the form in which keys are compared."""
    return " ".join(re.sub(r"[/,&_]", " ", key.casefold()).split())


def is_pseudonym(key: str) -> bool:
    """Tell whether *key* says that the name in its value was made up for the study."""
    return _PSEUDONYM.fullmatch(plain_key(key)) is not None


def is_private_key(key: str) -> bool:
    """Tell whether whatever stands under *key* identifies a person: a name, an address, a telephone number."""
    return _KEY.match(plain_key(key)) is not None and not is_pseudonym(key)


def is_private_value(value: str, *, key: str = "", names: bool = True) -> bool:
    """Tell whether *value* holds what identifies a person.

    Parameters
    ----------
    value : str
        What stands in a field or cell.
    key : str
        What it stands under; a bare name under a relative (``Suami: Budi``) is found only with it.
    names : bool
        Whether people's names count; not where the field names a researcher or a pseudonym.
    """
    if _PLACE.search(value) or _NUMBER.search(value):
        return True
    if not names:
        return False
    if _ADDRESSED.search(value) or _ADDRESSED.search(key):
        return True
    return plain_key(key) in _KIN and value[:1].isupper() and is_name(value) and role_of(value) is None


def is_private(key: str, value: str) -> bool:
    """Tell whether a field identifies a person, by its *key* or by its *value*."""
    return is_private_key(key) or is_private_value(value, key=key, names=not is_pseudonym(key))


def names_under(key: str, value: str) -> frozenset[str]:
    """Return the first two words of each name in *value*, in small letters, if *key* asks for a name; or none.

    >>> names_under("Nama / Inisial", "Ibu Siti Aminah binti Rekaan / SA")
    frozenset({'siti aminah'})
    """
    if not _NAME_KEY.fullmatch(plain_key(key)) or is_pseudonym(key):
        return frozenset()
    names = set()
    for part in re.split(r"[/,;()]", value):
        words = [word for word in _WORD.findall(part) if word.casefold() not in HONORIFICS][:2]
        name = " ".join(words)
        if words and role_of(words[0]) is not None:  # "Narasumber : Pedagang kaki lima" names nobody
            continue
        telling = len(words) == 2 or (len(name) > 2 and role_of(name) is None)
        if telling and is_name(name.title()):
            names.add(name.casefold())
    return frozenset(names)


def holds_name(value: str, names: Collection[str]) -> bool:
    """Tell whether *value* holds one of *names*, which are as `names_under` returns them.

    A name of one word counts only where it begins with a capital: ``jual mawar`` does not name Mawar.
    """
    words = _WORD.findall(value)
    single = any(word[0].isupper() and word.casefold() in names for word in words)
    return single or any(f"{a} {b}".casefold() in names for a, b in pairwise(words))
