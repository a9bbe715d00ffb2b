"""Lines that begin a turn: what looks like a label, and which labels are speakers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from qualcode.importers._header import field_of
from qualcode.importers._top import Top
from qualcode.importers._words import HONORIFICS, is_name, is_role_label, normal, role_of
from qualcode.model import Role

__all__ = ["Candidate", "Doubt", "accept", "by_tabs", "candidates", "other_separators", "role_words_only", "together"]

Doubt = tuple[str, int, Mapping[str, object]]
"""What is doubtful about a label (once, rare, kept, alone), where it stands, and the label."""

_COLON = "[:：∶﹕꞉]"
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,3})?)?"
_STAMP = rf"(?:[\[(<]\s*{_TIME}\s*[\])>]|\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:[.,]\d{{1,3}})?)?(?=[ \t]))"
_BEFORE = rf"^[ \t\u00a0\u3000>]*(?:[-*•+‣–][ \t]+)?(?:\d{{1,4}}(?:[.)][ \t]*|\t))?(?:(?P<before>{_STAMP})[ \t]*[-–]?[ \t]*)?[*_]{{0,3}}"
_ASIDE = rf"[ \t]*(?:\([^)\n]{{0,60}}\)|\[[^\]\n]{{0,60}}\]|<[\d:.,]{{4,12}}>|{_STAMP})?"
_AFTER = r"[*_]{0,3}[ \t\u00a0]*"
_LABEL_LINE = re.compile(
    _BEFORE
    + r"(?P<open>[\[(])?(?P<label>[^\W\d_](?:[^\n:：∶﹕꞉\t()\[\]<>*?!…\"“”,;]{0,38}[^\W_])?\.?)(?(open)[\])])"
    + rf"(?P<aside>{_ASIDE}){_AFTER}[*_]{{0,3}}(?:\t[ \t]*)?{_COLON}(?!//)[*_]{{0,3}}[ \t\u00a0]*",
    re.MULTILINE,
)


@dataclass(slots=True)
class Candidate:
    """A line that looks as if it begins a turn."""

    line_start: int
    speech_start: int
    label: str
    key: str
    time: float | None
    aside: str = ""


def candidates(text: str, stop: int) -> list[Candidate]:
    """Return the lines of *text* before *stop* that look as if they begin a turn."""
    found = []
    keys: dict[str, str] = {}
    for match in _LABEL_LINE.finditer(text, 0, stop):
        label = match["label"]
        key = keys.get(label)
        if key is None:
            key = keys[label] = normal(label)
        at = match.end()
        # A mark such as "(tertawa):" is nobody.
        if match["open"] and not (_CODE.fullmatch(label) or is_role_label(label)):
            continue
        # "Jam 16:30" is a time, not somebody called "Jam 16".
        if label[-1].isdigit() and text[at : at + 2].isdigit() and not is_role_label(label):
            continue
        before, aside = match["before"], match["aside"]
        time = _seconds(before or aside) if before or aside else None
        found.append(Candidate(match.start(), at, label.strip(), key, time, aside))
    return _without_numbers(found)


_NUMBERED_WORD = re.compile(r"(pertanyaan|jawaban|tanya|jawab|question|answer)[-. ]?\d{1,3}")
_NUMBERED_CODE = re.compile(r"([a-z]{1,2})[-. ]?(\d{1,3})")


def _without_numbers(found: list[Candidate]) -> list[Candidate]:
    """Return the candidates with labels that count the questions (P1, J1, P2, J2 …) cut to their letters."""
    numbers: dict[str, list[int]] = {}
    for c in found:
        if match := _NUMBERED_CODE.fullmatch(c.key):
            numbers.setdefault(match[1], []).append(int(match[2]))
    for c in found:
        if match := _NUMBERED_WORD.fullmatch(c.key):
            c.key, c.label = match[1], c.label[: len(match[1])]
    counting = {letter for letter, n in numbers.items() if len(n) >= 3 and n == sorted(set(n))}
    if len(counting) < 2:
        return found
    for c in found:
        if (match := _NUMBERED_CODE.fullmatch(c.key)) and match[1] in counting:
            c.key, c.label = match[1], c.label[: len(match[1])]
    return found


def _seconds(stamp: str) -> float | None:
    match = re.search(_TIME, stamp)
    if match is None:
        return None
    parts = re.split(r"[:.]", match[0].replace(",", "."), maxsplit=2)
    numbers = [float(part) for part in parts]
    return numbers[0] * 3600 + numbers[1] * 60 + numbers[2] if len(numbers) == 3 else numbers[0] * 60 + numbers[1]


_CODE = re.compile(r"(?:[A-Z]{1,3}|[A-Z][a-z]{0,2}\.?)[-. ]?\d{0,3}")
_ONESELF = {"saya", "aku", "gue", "me"}
_SHORT_TALK = 12
"""Up to how many labels may stand once each and still make a talk."""
_MONOLOGUE = 5
"""From how many turns on a single label is believed."""
_NO_CODES = frozenset(
    (
        "rp",
        "hp",
        "wa",
        "nb",
        "ps",
        "no",
        "tv",
        "wib",
        "ktp",
        "rt",
        "rw",
        "pt",
        "cv",
        "sd",
        "smp",
        "sma",
        "smk",
        "th",
        "tgl",
        "jl",
        "gg",
    )
)


def accept(
    text: str,
    found: list[Candidate],
    top: Top,
    meanings: Mapping[str, str],
) -> tuple[list[Candidate], list[Doubt]]:
    """Return the candidates that begin turns, and the labels that are doubtful."""
    below = [c for c in found if c.line_start >= top.end]
    count: dict[str, int] = {}
    first: dict[str, Candidate] = {}
    for c in below:
        count[c.key] = count.get(c.key, 0) + 1
        first.setdefault(c.key, c)
    speakers: set[str] = set()
    once: list[Candidate] = []
    doubts: list[Doubt] = []
    for key, c in first.items():
        n = count[key]
        field = field_of(text[c.line_start : text.find("\n", c.line_start) + 1 or None].strip())
        usual = field is not None and field.known and not is_role_label(c.label)
        if key in meanings or is_role_label(c.label):
            speakers.add(key)
            if n == 1 and key not in meanings and role_of(c.label) is Role.BYSTANDER:
                # Perhaps somebody who passes by, perhaps somebody quoted in a story.
                doubts.append(("once", c.line_start, {"label": c.label}))
        elif usual or key in _NO_CODES:
            continue
        elif key in _ONESELF and n >= 3:  # the researcher who writes down their own interview
            speakers.add(key)
        elif (_CODE.fullmatch(c.label) and (n >= 2 or c.label.isupper())) or (len(key) == 1 and n >= 3):
            speakers.add(key)
            if n == 1:
                doubts.append(("once", c.line_start, {"label": c.label}))
        elif is_name(c.label):
            if n >= 2 or key.split()[0] in HONORIFICS:
                speakers.add(key)
                if n == 1:
                    doubts.append(("once", c.line_start, {"label": c.label}))
                elif n == 2:
                    doubts.append(("rare", c.line_start, {"label": c.label, "n": n}))
            else:
                once.append(c)
    if not speakers and 2 <= len(once) <= _SHORT_TALK:
        # A very short talk: nobody speaks twice, but several do speak.
        speakers.update(c.key for c in once)
        doubts.extend(("once", c.line_start, {"label": c.label}) for c in once)
        once = []
    for key in first:
        parts = together(key)
        if len(parts) > 1 and all(part in speakers for part in parts):
            speakers.add(key)
    once = [c for c in once if c.key not in speakers]
    doubts.extend(("kept", c.line_start, {"label": c.label}) for c in once)
    accepted = [c for c in below if c.key in speakers]
    alone = {c.key for c in accepted}
    if len(alone) == 1 and not alone & set(meanings):
        doubts.append(("alone", accepted[0].line_start, {"label": accepted[0].label}))
        if len(accepted) < _MONOLOGUE:
            return [], doubts  # one label makes no talk
    return accepted, doubts


def together(key: str) -> list[str]:
    """Return the labels that *key* joins, as in ``n1 & n2``."""
    return [part.strip() for part in re.split(r"\s+(?:dan|and|&)\s+|[&/+]", key) if part.strip()]


def role_words_only(found: list[Candidate], top: Top) -> tuple[list[Candidate], list[Doubt]]:
    """Return the candidates of a source that is no talk: role words alone, and only if two of them take turns."""
    below = [c for c in found if c.line_start >= top.end and is_role_label(c.label)]
    enough = len({c.key for c in below}) >= 2 and len(below) >= 4
    return (below if enough else []), []


def other_separators(text: str, stop: int, start: int, labels: Collection[str]) -> list[Candidate]:
    """Return turns whose known labels are parted from the speech by something else than a colon."""
    choice = "|".join(re.escape(label).replace(r"\ ", r"[ \t]+") for label in sorted(labels, key=len, reverse=True))
    begin = _BEFORE + rf"(?P<bracket>[\[(])?(?P<label>{choice})(?(bracket)[\])])(?P<aside>{_ASIDE}){_AFTER}"
    # Without any sign, only a label that is written in capitals can be told from speech.
    for after in (r"(?:[-–—=>|;.)]+[ \t]*|\t[ \t]*|$)", r"[ \t]+(?=\S)"):
        found = [
            Candidate(m.start(), m.end(), m["label"], normal(m["label"]), _seconds(m["before"] or m["aside"] or ""))
            for m in re.compile(begin + after, re.MULTILINE | re.IGNORECASE).finditer(text, start, stop)
            if m["bracket"] or after.startswith("(") or m["label"].isupper()
        ]
        if len({c.key for c in found}) >= 2:
            return found
    return []


_TAB_LINE = re.compile(_BEFORE + r"(?P<label>[^\W\d_][^\n:\t]{0,38})\t[ \t]*(?=\S)", re.MULTILINE)
_BRACKET_LINE = re.compile(_BEFORE + r"[\[(](?P<label>[A-Z]{1,3}\d{0,2})[\])][ \t]*(?=\S)", re.MULTILINE)
_ALONE_LINE = re.compile(_BEFORE + r"(?P<label>[^\W\d_][^\n:\t*_.?!]{0,30})[*_]{0,3}[ \t]*$", re.MULTILINE)


def by_tabs(text: str, stop: int, start: int) -> list[Candidate]:
    """Return turns laid out as a table of speaker and speech, or with the role word on a line of its own."""
    for pattern in (_TAB_LINE, _BRACKET_LINE, _ALONE_LINE):
        found = [
            Candidate(m.start(), m.end(), m["label"].strip(), normal(m["label"]), _seconds(m["before"] or ""))
            for m in pattern.finditer(text, start, stop)
            if is_role_label(m["label"].strip()) or _CODE.fullmatch(m["label"].strip())
        ]
        count: dict[str, int] = {}
        for c in found:
            count[c.key] = count.get(c.key, 0) + 1
        often = {key for key, n in count.items() if n >= 2}
        if len(often) >= 2:
            return [c for c in found if c.key in often or is_role_label(c.label)]
    return []
