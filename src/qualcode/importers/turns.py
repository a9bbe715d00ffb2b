"""Finds the talk in a text: header fields, legend, speakers, turns, and what belongs to none of them.

Not an importer but what all of them share: give it a text, get a `Layout` whose parts cover the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from qualcode.importers._cuts import Cutter
from qualcode.importers._header import Field, LegendItem, described, field_of
from qualcode.importers._roles import Speaker, assign_roles
from qualcode.importers._top import Top, read_top
from qualcode.importers._words import HONORIFICS, is_name, is_role_label, normal
from qualcode.model import Kind, Role, Span, Turn

__all__ = ["Layout", "Spoken", "find_turns"]

_COLON = "[:：∶﹕꞉]"
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,3})?)?"
_STAMP = rf"(?:[\[(<]\s*{_TIME}\s*[\])>]|\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:[.,]\d{{1,3}})?)?(?=[ \t]))"
_BEFORE = rf"^[ \t\u00a0\u3000>]*(?:[-*•+‣–][ \t]+)?(?:\d{{1,4}}(?:[.)][ \t]*|\t))?(?:(?P<before>{_STAMP})[ \t]*[-–]?[ \t]*)?[*_]{{0,3}}"
_ASIDE = rf"[ \t]*(?:\([^)\n]{{0,60}}\)|\[[^\]\n]{{0,60}}\]|<[\d:.,]{{4,12}}>|{_STAMP})?"
_AFTER = r"[*_]{0,3}[ \t\u00a0]*"
_LABEL_LINE = re.compile(
    _BEFORE
    + r"(?P<label>[^\W\d_](?:[^\n:：∶﹕꞉\t()\[\]<>*?!…\"“”,;]{0,38}[^\W_])?\.?)"
    + rf"(?P<aside>{_ASIDE}){_AFTER}[*_]{{0,3}}(?:\t[ \t]*)?{_COLON}(?!//)[*_]{{0,3}}[ \t\u00a0]*",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One turn before its informant is known: where its label begins, where its speech begins and ends, and whose it is.

    `speaker` is the place in `Layout.speakers`; an empty turn has ``start == end``.
    """

    label_start: int
    start: int
    end: int
    speaker: int
    time: float | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is laid out: labels with their turns, header fields, legend, and spans that belong to none of them."""

    speakers: tuple[Speaker, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    header: tuple[Span, ...] = ()
    unassigned: tuple[Span, ...] = ()
    fields: tuple[tuple[Field, int], ...] = ()
    legend: tuple[LegendItem, ...] = ()
    kind: Kind | None = None
    doubts: tuple[tuple[str, int, Mapping[str, object]], ...] = ()
    described: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    informant_id: str | None = None

    def turns(self, informants: Mapping[str, str]) -> tuple[Turn, ...]:
        """Return the turns, with the guid that *informants* has for the speaker's label; empty ones are left out."""
        made = []
        people = [(s.label, s.role, informants.get(s.label)) for s in self.speakers]
        for spoken in self.spoken:
            if spoken.end > spoken.start:
                label, role, informant = people[spoken.speaker]
                made.append(Turn(Span(spoken.start, spoken.end), label, role, informant, spoken.time))
        return tuple(made)


@dataclass(slots=True)
class _Candidate:
    """A line that looks as if it begins a turn."""

    line_start: int
    speech_start: int
    label: str
    key: str
    time: float | None
    aside: str = ""


def find_turns(
    text: str,
    *,
    speakers: Mapping[str, Role] | None = None,
    kind: Kind | None = None,
    headings: Collection[int] = (),
    emphasised: Collection[int] = (),
    end: int | None = None,
    labels: Collection[str] = (),
) -> Layout:
    """Return how *text* is laid out.

    Parameters
    ----------
    text : str
        The whole text of a source.
    speakers : mapping of str to Role, optional
        Roles the user gives, by label.
    kind : Kind, optional
        What the source is, if the user says so.
    headings, emphasised : collections of int
        Positions where lines begin that the format marks as headings, or sets wholly in bold.
    end : int, optional
        Where the talk ends at the latest; what follows (such as footnotes) is unassigned.
    labels : collection of str
        Labels that the format itself says are speakers.
    """
    stop = len(text) if end is None else end
    options = {normal(label): role for label, role in (speakers or {}).items()}
    found = _without_numbers(_candidates(text, stop))
    sure = frozenset((*options, *map(normal, labels)))
    top = read_top(text, stop, [(c.line_start, c.key) for c in found], sure)
    meanings = {**dict.fromkeys(sure, ""), **{normal(item.label): item.meaning for item in top.legend}}
    settled = kind if kind is not None else top.kind
    if settled in {Kind.OBSERVATION, Kind.DOCUMENT, Kind.JOURNAL} and not meanings:
        accepted, doubts = _only_role_words(found, top)
    else:
        accepted, doubts = _accept(text, found, top, meanings)
    above = top.spans[-1].end if top.spans else 0
    if not accepted and meanings:
        accepted = _other_separators(text, stop, above, meanings)
    elif not accepted and settled in {None, Kind.INTERVIEW, Kind.GROUP}:
        accepted = _by_tabs(text, stop, above)
    if not accepted:
        return _without_turns(text, stop, top, settled, doubts)
    return _lay_out(text, stop, top, accepted, meanings, options, doubts, settled, headings, emphasised)


def _candidates(text: str, stop: int) -> list[_Candidate]:
    found = []
    keys: dict[str, str] = {}
    for match in _LABEL_LINE.finditer(text, 0, stop):
        label = match["label"]
        key = keys.get(label)
        if key is None:
            key = keys[label] = normal(label)
        at = match.end()
        # "Jam 16:30" is a time, not somebody called "Jam 16".
        if label[-1].isdigit() and text[at : at + 2].isdigit() and not is_role_label(label):
            continue
        before, aside = match["before"], match["aside"]
        time = _seconds(before or aside) if before or aside else None
        found.append(_Candidate(match.start(), at, label.strip(), key, time, aside))
    return found


_NUMBERED_CODE = re.compile(r"([a-z]{1,2})[-. ]?(\d{1,3})")


def _without_numbers(found: list[_Candidate]) -> list[_Candidate]:
    """Return the candidates with labels that count the questions (P1, J1, P2, J2 …) cut to their letters."""
    numbers: dict[str, list[int]] = {}
    for c in found:
        if match := _NUMBERED_CODE.fullmatch(c.key):
            numbers.setdefault(match[1], []).append(int(match[2]))
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


def _accept(
    text: str,
    found: list[_Candidate],
    top: Top,
    meanings: Mapping[str, str],
) -> tuple[list[_Candidate], list[tuple[str, int, Mapping[str, object]]]]:
    """Return the candidates that begin turns, and the labels that are doubtful."""
    below = [c for c in found if c.line_start >= top.end]
    count: dict[str, int] = {}
    first: dict[str, _Candidate] = {}
    for c in below:
        count[c.key] = count.get(c.key, 0) + 1
        first.setdefault(c.key, c)
    speakers: set[str] = set()
    once: list[_Candidate] = []
    doubts: list[tuple[str, int, Mapping[str, object]]] = []
    for key, c in first.items():
        n = count[key]
        field = field_of(text[c.line_start : text.find("\n", c.line_start) + 1 or None].strip())
        usual = field is not None and field.known and not is_role_label(c.label)
        if key in meanings or is_role_label(c.label):
            speakers.add(key)
        elif usual or key in _NO_CODES:
            continue
        elif _CODE.fullmatch(c.label) or (len(key) == 1 and n >= 3):
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
    if not speakers and len({c.key for c in once}) >= 2:
        # A very short talk: nobody speaks twice, but several do speak.
        speakers.update(c.key for c in once)
        doubts.extend(("once", c.line_start, {"label": c.label}) for c in once)
        once = []
    doubts.extend(("kept", c.line_start, {"label": c.label}) for c in once)
    accepted = [c for c in below if c.key in speakers]
    if len(accepted) == 1 and accepted[0].key not in meanings:
        doubts.append(("kept", accepted[0].line_start, {"label": accepted[0].label}))
        return [], doubts  # one label makes no talk
    return accepted, doubts


def _only_role_words(
    found: list[_Candidate], top: Top
) -> tuple[list[_Candidate], list[tuple[str, int, Mapping[str, object]]]]:
    """Return the candidates of a source that is no talk: role words alone, and only if two of them take turns."""
    below = [c for c in found if c.line_start >= top.end and is_role_label(c.label)]
    enough = len({c.key for c in below}) >= 2 and len(below) >= 4
    return (below if enough else []), []


def _other_separators(text: str, stop: int, start: int, labels: Collection[str]) -> list[_Candidate]:
    """Return turns whose known labels are parted from the speech by something else than a colon."""
    choice = "|".join(re.escape(label).replace(r"\ ", r"[ \t]+") for label in sorted(labels, key=len, reverse=True))
    pattern = re.compile(
        _BEFORE + rf"(?P<label>{choice})(?P<aside>{_ASIDE}){_AFTER}(?:[-–—=>|;.)]+[ \t]*|\t[ \t]*|$)",
        re.MULTILINE | re.IGNORECASE,
    )
    return [
        _Candidate(m.start(), m.end(), m["label"], normal(m["label"]), _seconds(m["before"] or m["aside"] or ""))
        for m in pattern.finditer(text, start, stop)
    ]


_TAB_LINE = re.compile(_BEFORE + r"(?P<label>[^\W\d_][^\n:\t]{0,38})\t[ \t]*(?=\S)", re.MULTILINE)
_ALONE_LINE = re.compile(_BEFORE + r"(?P<label>[^\W\d_][^\n:\t*_.?!]{0,30})[*_]{0,3}[ \t]*$", re.MULTILINE)


def _by_tabs(text: str, stop: int, start: int) -> list[_Candidate]:
    """Return turns laid out as a table of speaker and speech, or with the role word on a line of its own."""
    for pattern in (_TAB_LINE, _ALONE_LINE):
        found = [
            _Candidate(m.start(), m.end(), m["label"].strip(), normal(m["label"]), _seconds(m["before"] or ""))
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


def _lay_out(
    text: str,
    stop: int,
    top: Top,
    accepted: list[_Candidate],
    meanings: Mapping[str, str],
    options: Mapping[str, Role],
    doubts: list[tuple[str, int, Mapping[str, object]]],
    kind: Kind | None,
    headings: Collection[int],
    emphasised: Collection[int],
) -> Layout:
    aliases = _aliases(top.legend, {c.key for c in accepted})
    order: dict[str, int] = {}
    first: list[_Candidate] = []
    counts: list[int] = []
    spoken: list[Spoken] = []
    begin = accepted[0].line_start
    unassigned = [span for span in top.loose if span.start < begin]
    unassigned.extend(_gap(text, top.end, begin))
    speeches: dict[str, list[str]] = {}
    cutter = Cutter(text, frozenset(headings), frozenset(emphasised))
    for at, c in enumerate(accepted):
        following = accepted[at + 1].line_start if at + 1 < len(accepted) else stop
        end, cuts = cutter.cut(c.speech_start, following, is_last=at + 1 == len(accepted))
        unassigned.extend(cuts)
        key = aliases.get(c.key, c.key)
        who = order.get(key)
        if who is None:
            who = order[key] = len(first)
            first.append(c)
            counts.append(0)
            speeches[c.label] = []
        counts[who] += 1
        start = min(c.speech_start, end)
        while start < end and text[start].isspace():
            start += 1
        speeches[first[who].label].append(text[start:end])
        spoken.append(Spoken(c.line_start, start, end, who, c.time))
    unassigned.extend(_gap(text, stop, len(text)))
    speakers = [
        Speaker(c.label, counts[i], text.count("\n", 0, c.line_start) + 1, meaning=_meaning(c, key, meanings))
        for (key, i), c in zip(order.items(), first, strict=True)
    ]
    return Layout(
        speakers=assign_roles(
            speakers, options=options, names=top.names, speeches=speeches, is_group=kind is Kind.GROUP
        ),
        spoken=tuple(spoken),
        header=top.spans,
        unassigned=_merged(text, unassigned),
        fields=top.fields,
        legend=top.legend,
        kind=kind,
        doubts=tuple(doubts),
        described=top.described,
        informant_id=top.informant_id,
    )


def _aliases(legend: tuple[LegendItem, ...], used: Collection[str]) -> dict[str, str]:
    """Return which label is whose other name: a transcript with ``N`` in its legend may write out ``Narasumber``."""
    return {
        meaning: key
        for item in legend
        if (meaning := normal(item.meaning)) in used and (key := normal(item.label)) in used and meaning != key
    }


def _meaning(first: _Candidate, key: str, meanings: Mapping[str, str]) -> str:
    """Return what the legend, or else the bracket behind the first label (``Ibu S (informan, 40 th):``), says."""
    aside = first.aside.strip(" \t()[]")
    telling = is_role_label(aside.split(",")[0]) or bool(described(aside))
    return meanings.get(key) or meanings.get(first.key) or (aside if telling else "")


def _without_turns(
    text: str, stop: int, top: Top, kind: Kind | None, doubts: list[tuple[str, int, Mapping[str, object]]]
) -> Layout:
    unassigned = [*top.loose, *_gap(text, top.end, stop), *_gap(text, stop, len(text))]
    return Layout(
        header=top.spans,
        unassigned=_merged(text, unassigned),
        fields=top.fields,
        legend=top.legend,
        kind=kind,
        doubts=tuple(doubts),
        described=top.described,
        informant_id=top.informant_id,
    )


def _gap(text: str, start: int, end: int) -> list[Span]:
    """Return the part of the text between two positions without the white space around it, if any is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [Span(start, end)] if start < end else []


def _merged(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Return the spans in order; those with only white space between them become one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and text[merged[-1].end : span.start].isspace():
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return tuple(merged)
