"""Titles that may begin an interview: ``Transkrip Wawancara 1``, ``LAMPIRAN 3 Informan Kunci 2``, ``WAWANCARA KE-2`` and their like."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualcode.importers._words import HONORIFICS

__all__ = ["Title", "title_of"]

_ORDINALS = {
    "satu": 1, "pertama": 1, "dua": 2, "kedua": 2, "tiga": 3, "ketiga": 3, "empat": 4, "keempat": 4, "lima": 5, "kelima": 5,
    "enam": 6, "keenam": 6, "tujuh": 7, "ketujuh": 7, "delapan": 8, "kedelapan": 8, "sembilan": 9, "kesembilan": 9,
    "sepuluh": 10, "kesepuluh": 10, "one": 1, "first": 1, "two": 2, "second": 2, "three": 3, "third": 3,
}  # fmt: skip
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_NUMBER = rf"(?:\d{{1,3}}|[ivxl]{{1,6}}|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
_PEOPLE = r"(?:informan|narasumber|nara sumber|responden|partisipan|subjek|subyek|participant|respondent|informant|interviewee)"
_KINDS = r"(?:kunci|utama|pendukung|tambahan|ahli|triangulasi|penelitian|key|main|supporting|significant other)"
_NO_DATE = r"(?![ \t/.-]+(?:\d|jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec))"
_PERSON = re.compile(
    rf"\b(?P<who>{_PEOPLE})(?P<kind>(?:[ \t]+{_KINDS})*)[ \t]*(?:ke|no\.?|nomor|number)?[-–. \t:#(\[]*(?P<n>{_NUMBER}|[a-z])\b(?![.’'][a-z])",
    re.IGNORECASE,
)
_CATEGORY = re.compile(rf"\b{_PEOPLE}[ \t]+(?P<kind>{_KINDS})\b", re.IGNORECASE)
_CODE = re.compile(
    r"(?<![\w.])(?P<n>(?:informan|inf|nara|resp|part|sub|s|r|p|i|n)[-_. ]?\d{1,3})(?:[-_. /]?w[-_. ]?(?P<m>\d{1,2}))?(?![\w])",
    re.IGNORECASE,
)
_MEETING = re.compile(
    rf"\b(?:wawancara|interview|pertemuan|sesi|rekaman|ww|wwcr?|w)[ \t]*(?P<th>ke|number|no\.?|nomor)?[-–. \t:#]*(?P<n>{_NUMBER})\b{_NO_DATE}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"\b(?:transkrip(?:si|t)?|transcript|verbatim|hasil)(?:[ \t]+\w+){{0,3}}?[ \t]*(?:ke|no\.?|nomor)?[-–. \t:#]*(?P<n>{_NUMBER})[ \t)]*$",
    re.IGNORECASE,
)
_STRONG = re.compile(r"\b(?:transkrip(?:si|t)?|transcripts?|verbatim|wawancara|interview)\b", re.IGNORECASE)
_OPENING = re.compile(
    rf"(?:lampiran|appendix|transkrip|transcript|verbatim|(?:hasil|data|petikan|naskah|catatan|laporan) (?:transkrip|verbatim|wawancara)|"
    rf"wawancara|interview|pertemuan ke|sesi (?:wawancara|interview)|{_PEOPLE})",
    re.IGNORECASE,
)
_ENUMERATED = re.compile(r"(?:(?:[A-Z]|\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})[.)][ \t]+)?")
_APPENDIX = re.compile(
    r"(?:lampiran|appendix)(?:[ \t]+(?:\d{1,2}(?:\.\d{1,2})*|[IVXL]{1,6}|[A-Z])\b)?[ \t]*[.:–—-]?[ \t]*", re.IGNORECASE
)
_CONTENTS = re.compile(r"(?:\.[ \t]?){4,}|…{2,}|[ \t]{4,}\d{1,4}$|\t[ \t]*(?:\d{1,4}|[ivxl]+)$|_{4,}")
_KNOWN = re.compile(
    rf"\b(?:transkrip(?:si|t)?|transcripts?|verbatim|hasil|data|petikan|naskah|catatan|laporan|wawancara|interview|mendalam|semi|"
    rf"terstruktur|tidak|dengan|bersama|terhadap|kepada|untuk|oleh|dan|penelitian|peneliti|skripsi|pertemuan|sesi|ke|no|nomor|with|of|"
    rf"the|in|depth|lampiran|rekaman|individu|individual|pada|di|{_KINDS}|{_PEOPLE}|{_NUMBER})\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Title:
    """A title: where its line begins and ends, whom and which interview it names, and what else it says.

    `person` and `meeting` are normal forms such as ``2``, ``s1`` or ``b``, empty where the title names none; `category` is that
    of the informant, such as ``kunci``. `counted` is the number of the transcript where it is not that of a person; `ordinal` says
    that it was counted as in ``wawancara ke-2``. `rest` are other words of the title, such as a name. A title that is not `strong`
    may as well be a label or a heading.
    """

    start: int
    end: int
    text: str
    person: str = ""
    category: str = ""
    meeting: str = ""
    counted: str = ""
    ordinal: bool = False
    rest: str = ""
    strong: bool = False

    @property
    def names_something(self) -> bool:
        """Whether the title tells one interview from another."""
        return bool(self.person or self.meeting or self.counted or self.rest)


def title_of(line: str, start: int) -> Title | None:
    """Return the title that *line*, which begins at *start*, is; None if it is anything else.

    >>> title_of("Lampiran 3. Transkrip Wawancara Informan Kunci 2 (W1)", 0).person
    'kunci 2'
    >>> title_of("Informan 2 : Ya, saya jualan.", 0) is None
    True
    """
    if len(line) > _LONGEST + 40 or not line.strip():
        return None
    bare = line.strip(" \t\u00a0#*_=>|-–—~")
    if not 3 <= len(bare) <= _LONGEST or _CONTENTS.search(line.rstrip()) or bare[-1] in "?!;,":
        return None
    bare = bare[_ENUMERATED.match(bare).end() :]  # type: ignore[union-attr]
    begin, end = start, start + line.find(bare) + len(bare)
    if _OPENING.match(bare) is None:
        return None
    body = bare[appendix.end() :] if (appendix := _APPENDIX.match(bare)) else bare
    if not body:
        return Title(begin, end, bare)  # "Lampiran 3" above the title itself
    strong = _STRONG.search(body) is not None
    if not strong and _PERSON.match(body) is None:
        return None
    title = _read(body, strong=strong)
    if title is None:
        return None
    person, category, meeting, counted, ordinal, rest = title
    return Title(begin, end, bare, person, category, meeting, counted, ordinal, rest, strong)


def _read(body: str, *, strong: bool) -> tuple[str, str, str, str, bool, str] | None:
    """Return what the words of a title say, or None if they are a sentence, a label or a field."""
    head, colon, tail = body.partition(":")
    if colon and tail.strip() and not (_STRONG.search(head) and len(tail.split()) <= 8):
        return None  # "Informan 2 : Ya" is a turn, "Wawancara : 12 Mei" nearly a field
    if colon and tail.strip() and re.search(r"\d{1,2}[:./]\d{2}|\b(?:19|20)\d\d\b|[.?!]\s|[.?!]$", tail):
        return None
    left = body
    person = category = meeting = counted = ""
    ordinal = False
    if match := _PERSON.search(left):
        category = " ".join(match["kind"].casefold().split())
        person = f"{category} {_normal(match['n'])}".strip()
        left = left[: match.start()] + " " + left[match.end() :]
    elif match := _CODE.search(left):
        person, meeting = re.sub(r"[-_. ]", "", match["n"].casefold()), _normal(match["m"] or "")
        left = left[: match.start()] + " " + left[match.end() :]
    elif strong and (match := _CATEGORY.search(left)):
        category = person = match["kind"].casefold()  # the only one of its kind
        left = left[: match.start()] + " " + left[match.end() :]
    if not meeting and (match := _MEETING.search(left)):
        meeting, ordinal = _normal(match["n"]), match["th"] is not None or not match["n"][0].isdigit()
        left = left[: match.start()] + " " + left[match.end() :]
    elif match := _NUMBERED.search(left):
        counted = _normal(match["n"])
    if meeting and not person:
        counted = counted or meeting
    rest = [word.strip(".-’'") for word in _WORD.findall(_KNOWN.sub(" ", left))]
    names = [word for word in rest if word]
    # A title names somebody or something: its other words have capitals, but for a few.
    # In brackets behind it stands what the informant does: "INFORMAN 1 (penjual soto)".
    open_ = _WORD.findall(_KNOWN.sub(" ", re.sub(r"\([^()]*\)$", " ", left.rstrip())))
    small = [word for word in open_ if word[0].islower() and word.casefold() not in HONORIFICS]
    if len(names) > 8 or len(small) > (0 if body[-1] == "." else 2 if strong else 1):
        return None
    if re.search(r"[.?!]\s+[A-Z]\w{2,}", left) and not strong:
        return None
    return person, category, meeting, counted, ordinal, " ".join(word.casefold() for word in names)


def _normal(number: str) -> str:
    """Return a number as digits, a letter as it is: ``II`` and ``kedua`` are ``2``."""
    word = number.casefold()
    if not word or word.isdigit():
        return word.lstrip("0") or word
    if word in _ORDINALS:
        return str(_ORDINALS[word])
    if all(c in _ROMAN for c in word):
        values = [_ROMAN[c] for c in word]
        return str(sum(-v if at + 1 < len(values) and v < values[at + 1] else v for at, v in enumerate(values)))
    return word
