"""Who is the guest of a talk, and who its host: by how people are introduced at its beginning."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qualcode.importers._words import HONORIFICS, normal

__all__ = ["introduced"]

_BEGINNING, _OPENING = 8, 6000
"""In how many turns of each, and how many characters of these, people are introduced."""
_NEAR = 100
"""How many characters behind such words a name may stand."""
_HOSTS = (
    r"\b(?:co[- ]?hosts?|as always|seperti biasa|rekan (?:saya|aku|gue|siaran|kita)|partner (?:saya|aku|gue|siaran))\b"
)
_GUESTS = (
    r"\b(?:guests?|tamu(?:nya)?|narasumber(?:nya)?|joined (?:\w+ )?by|kedatangan|kehadiran|mengundang|"
    r"(?:talk|speak|chat|interview)(?:ing|ed)? (?:to|with)|interview(?:ing)?|(?:here|sit(?:ting)? down) with|"
    r"(?:ngobrol|berbincang(?:-bincang)?|bincang-bincang|mengobrol) (?:sama|dengan|bareng|bersama)|"
    r"(?:hari ini|kali ini|malam ini|pagi ini|siang ini|sore ini|di studio|di sini)[^.?!\n]{0,30}?\bada)\b"
)
_WELCOMES = (
    r"\b(?:welcome(?:,| to (?:the|our) (?:show|podcast|program),?)|thank(?:s| you)(?: so much| again| very much)? for "
    r"(?:coming|joining|being|taking)[^.?!\n]{0,40}?,|selamat datang,?|makasih udah (?:datang|dateng|mampir),?)"
)
_INTRODUCES = re.compile(f"(?P<host>{_HOSTS})|(?P<guest>{_GUESTS})|(?P<welcomed>{_WELCOMES})", re.IGNORECASE)
_INVITED = re.compile(
    r"\b(?:thank(?:s| you)(?: so much| very much| guys)? for (?:having|inviting) (?:me|us)|"
    r"(?:terima ?kasih|makasih|thank you)[^.?!\n]{0,30}\b(?:di|meng)undang\w*)",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\b(?:selamat datang (?:kembali |lagi )?(?:di|ke|pada|dalam)|(?:kembali|berjumpa|bertemu|ketemu|balik) lagi (?:di|bersama|dengan|sama|ke)|"
    r"welcome (?:back )?to (?:the|our|this|another|episode)|(?:you(?:'re|’re| are) listening to))\b|"
    r"\b(?:saya|aku|gue|i am|i'm|i’m)\b(?:(?!\b(?:with|my|dengan|bersama|sama|rekan)\b)[^.?!\n]){0,80}\b(?:(?:co-?)?host|penyiar|pembawa acara|pemandu acara|penyelenggara (?:podcast|acara|siniar))\b",
    re.IGNORECASE,
)
"""Who says so at the beginning leads the talk."""
_WELCOMING = 600
_ENDS = re.compile(r"(?<!\bSt)(?<!\bDr)(?<!\b[A-Z])[.?!](?:\s|$)|\n")


def introduced(speeches: Mapping[str, Sequence[str]]) -> tuple[set[str], set[str]]:
    """Return the labels of those who are introduced as guests, and of those introduced as hosts beside the one who says so.

    A guest is named behind words such as *kedatangan tamu* or *joined by*, is welcomed by name, or thanks for being invited.
    """
    guests: set[str] = set()
    hosts: set[str] = set()
    names = {label: pattern for label in speeches if (pattern := _name(label)) is not None}
    for label, said in speeches.items():
        others = {other: pattern for other, pattern in names.items() if other != label}
        if said and _OPENS.search(said[0][:_WELCOMING]):
            hosts.add(label)
        for speech in said[:_BEGINNING]:
            if _INVITED.search(speech[:300]):
                guests.add(label)
            _read(speech[:_OPENING], others, guests, hosts)
    return guests - hosts, hosts


def _name(label: str) -> re.Pattern[str] | None:
    """Return what finds the person called *label* in speech, by the first of its names; None where it is no name."""
    words = [word for word in re.findall(r"[^\W\d_]+", re.sub(r"\([^)]*\)", " ", label)) if len(word) > 2]
    if (
        words and all(word.isupper() for word in words) and max(map(len, words)) > 3
    ):  # "TYO GURITNO" is "Tyo" when spoken of
        return re.compile(rf"\b(?:{'|'.join(word.title() for word in words if normal(word) not in HONORIFICS)})\b")
    own = [word for word in words if normal(word) not in HONORIFICS and not word.isupper() and word[0].isupper()]
    return re.compile(rf"\b{own[0]}\b") if own else None


def _read(speech: str, others: Mapping[str, re.Pattern[str]], guests: set[str], hosts: set[str]) -> None:
    """Add to *guests* and *hosts* whoever is introduced in *speech*."""
    for match in _INTRODUCES.finditer(speech):
        stop = _ENDS.search(speech, match.end(), match.end() + _NEAR)
        behind = speech[match.end() : stop.start() if stop is not None else match.end() + _NEAR]
        # "our co-host Dan and our guest Mark": the words nearest before a name say who it is.
        following = _INTRODUCES.search(behind)
        behind = behind[: following.start()] if following is not None else behind
        called = {label for label, pattern in others.items() if pattern.search(behind)}
        if match["welcomed"]:
            called = {label for label in called if others[label].match(behind.lstrip(" ,"))}
        (hosts if match["host"] else guests).update(called)
