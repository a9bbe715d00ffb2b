"""Fields above the talk: Nama, Alamat, No HP."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.errors import N_
from qualcode.model import Identifier, IdentifierKind, Span
from qualcode.privacy._naming import forms_of
from qualcode.privacy._page import Page
from qualcode.privacy._vocabulary import HONORIFIC, NAMELESS, TITLE, is_code, is_name_word, is_word
from qualcode.privacy.recognisers._base import Recogniser, whole

__all__ = ["Header"]

_FIELD = re.compile(
    r"^[ \t>*_|\-•\d.)]*(?P<key>[^\W\d_][^:=\t|\n]{0,48}?)[*_ \t]*(?:[:=|]+|\t+)[*_ \t|]*(?P<value>[^\n|]{2,160}?)[*_ \t|]*$",
    re.MULTILINE,
)
_NAME = re.compile(
    r"(?:nama|name|full name|panggilan|nama panggilan|alias|sapaan|informan|narasumber|responden|partisipan|subjek|interviewee|respondent|informant)\b(?!.*\b(?:samaran|pseudonim|inisial|file|berkas|usaha|toko|tempat|lembaga|instansi|sekolah|organisasi|program|kegiatan|kampung|desa|komunitas|perusahaan|warung)\b).*",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"(?:pewawancara|peneliti|interviewer|transkriptor|transcriber|ditranskrip oleh|moderator|notulen|notulis|pendamping|suami|istri|anak|ayah|ibu|bapak|wali)(?: .{0,20})?",
    re.IGNORECASE,
)
_ROLE = re.compile(r"(?!nama|name|full name|panggilan|alias|sapaan)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:alamat|address|domisili|tempat tinggal|alamat rumah)\b.*", re.IGNORECASE)
_PARTS = re.compile(r"\d|\bj(?:l|ln|alan)\b|\bgg?ang?\b|\bdesa\b|\bkel|\bkec|\bdusun\b|\bblok\b|,", re.IGNORECASE)
_PHONE = re.compile(
    r"(?:(?:no|nomor|nomer)\b\.? ?)?(?:hp|handphone|telp|telepon|telpon|tlp|wa|whatsapp|ponsel|kontak|phone|mobile|contact)\b.*",
    re.IGNORECASE,
)
_NUMBERS = (
    (
        re.compile(r"(?:(?:no|nomor)\b\.? ?)?(?:nik|ktp|kk|kartu keluarga|nik/ktp|no\. ?ktp)\b.*", re.IGNORECASE),
        IdentifierKind.NIK,
        8,
    ),
    (re.compile(r"(?:(?:no|nomor)\b\.? ?)?npwp\b.*", re.IGNORECASE), IdentifierKind.NPWP, 10),
    (re.compile(r"(?:(?:no|nomor)\b\.? ?)?(?:bpjs|jkn|kis)\b.*", re.IGNORECASE), IdentifierKind.BPJS, 8),
    (re.compile(r"(?:(?:no|nomor)\b\.? ?)?(?:rekening|rek|norek)\b.*", re.IGNORECASE), IdentifierKind.ACCOUNT, 7),
    (_PHONE, IdentifierKind.PHONE, 6),
)
_BIRTH = re.compile(
    r"(?:ttl|tempat ?[,/&]? ?(?:dan )?(?:tanggal|tgl)\.? lahir|tanggal lahir|tgl\.? ?lahir|date of birth|dob)\b.*",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"disamarkan|\brekaan|fiktif|samaran|dirahasiakan|rahasia|anonim|inisial|pseudonim|tidak disebut|^[-–—.…xX* ]+$|\[[^\]]*\]",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\+?\d(?:[ .\-()]{0,2}\d)+")
_LEAD = re.compile(rf"(?:(?:{TITLE}|(?:{HONORIFIC})\b\.?)[ ]?)+", re.IGNORECASE)


class Header(Recogniser):
    """What stands in fields named Nama, Alamat, No HP, NIK, TTL and the like, unless it says that it was made up."""

    def find(self, page: Page) -> Iterator[Identifier]:
        """Yield what is found in *page*, in any order."""
        text = page.text
        if not re.search(r"[:=|\t]", text):
            return
        for match in _FIELD.finditer(text):
            key, value = match["key"].strip(), match["value"]
            if _HIDDEN.search(value) or page.is_talk(match.start("value")):
                continue
            at = match.start("value")
            yield from self._read(page, key, value, at)

    def _read(self, page: Page, key: str, value: str, at: int) -> Iterator[Identifier]:
        if _NAME.fullmatch(key) or _OTHERS.fullmatch(key):
            role = _ROLE.match(key) is not None
            if not role or _reads_as_name(value):
                yield from _name(value, at, identity=_NAME.fullmatch(key) is not None and not role)
            return
        for pattern, kind, fewest in _NUMBERS:
            if pattern.fullmatch(key):
                for number in _DIGITS.finditer(value):
                    digits = re.sub(r"\D", "", number[0])
                    if len(digits) >= fewest:
                        reason = N_("a number in a field that asks for it")
                        yield whole((at + number.start(), at + number.end()), kind, 0.95, reason, forms=(digits,))
                return
        if _BIRTH.fullmatch(key) and re.search(r"\d", value):
            yield whole(
                (at, at + len(value)),
                IdentifierKind.BIRTH,
                0.96,
                N_("a date in a field that asks for it"),
                forms=(value.casefold(),),
            )
        elif _ADDRESS.fullmatch(key) and len(value) < 140 and _PARTS.search(value):
            reason = N_("an address in a field that asks for it")
            yield whole((at, at + len(value)), IdentifierKind.ADDRESS, 0.95, reason, forms=(value.casefold(),))


def _reads_as_name(value: str) -> bool:
    """Tell whether what stands behind a role can be a name: under ``Informan:`` stand codes, names, and whole answers."""
    words = re.findall(r"[^\W\d_]+", _LEAD.sub("", value))
    return (
        0 < len(words) < 6
        and all(word[0].isupper() or word.casefold() in {"bin", "binti"} for word in words)
        and any(is_name_word(w.casefold()) or not is_word(w.casefold()) for w in words)
    )


def _name(value: str, at: int, *, identity: bool) -> Iterator[Identifier]:
    """Yield the names in the value of a field; codes, initials and words are none."""
    for part in re.finditer(r"[^,;/()&]+", value):
        start = part.start() + len(part[0]) - len(part[0].lstrip())
        lead = _LEAD.match(value, start)
        begin = lead.end() if lead and lead.end() < part.end() else start
        words = list(re.finditer(r"[^\W\d_]+(?:['’][^\W\d_]+)?", value[begin : part.end()]))
        rest = value[begin : part.end()].strip()
        if not words or is_code(rest) or len(words) > 5 or len(rest) < 3 or re.search(r"\d", rest):
            continue
        lows = [word[0].casefold() for word in words]
        if part.start() > 0 and all(len(low) < 4 or is_word(low) for low in lows):
            continue  # degrees, remarks
        if all(low in NAMELESS or (is_word(low) and not is_name_word(low)) for low in lows) and not (
            identity and rest.istitle() and len(words) > 1 and not any(low in NAMELESS for low in lows)
        ):
            continue
        core = Span(at + begin + words[0].start(), at + begin + words[-1].end())
        reason = N_("a name in a field that asks for it") if identity else N_("a name in a field of the header")
        yield Identifier(
            Span(at + start, core.end),
            core,
            IdentifierKind.PERSON,
            0.95 if identity else 0.75,
            reason,
            identity=identity,
            forms=forms_of(rest),
        )
