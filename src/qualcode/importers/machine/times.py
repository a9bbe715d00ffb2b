"""Time stamps in a text: where they stand, in whatever style, and whose turn each of them times.

A stamp is nobody's words and no speaker's name. It stays in the text as noise, and what looks for labels sees blanks in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qualcode.errors import N_
from qualcode.importers._words import NOT_NAMES, normal
from qualcode.importers.layout.divide import outside
from qualcode.importers.layout.layout import Layout, Spoken
from qualcode.model import Finding, Span

__all__ = ["CLOCK", "Stamp", "find_stamps", "seconds", "stamped_labels", "with_times", "without_stamps"]

CLOCK = r"(?<![\d:.,])\d{1,3}:[0-5]?\d(?::[0-5]?\d)?(?:[.,]\d{1,6})?(?!\d|:\d)"
"""Minutes and seconds, or hours, minutes and seconds, with fractions or without, as a pattern."""

_DOTTED = r"(?<![\d:.,])\d{1,2}\.[0-5]\d\.[0-5]\d(?:[.,]\d{1,3})?(?![\d:])"
_POINTS = r"\d{1,3}\.[0-5]\d"
_TO = r"[ \t]*(?:-{1,2}>|→|[-–—]|s\.?d\.?|sampai)[ \t]*"
_MINUTE = r"(?:menit|mnt|minute|min)\.?(?:[ \t]*ke)?[ \t-]*"
_WORD = rf"(?:{_MINUTE}|(?:time|timestamp|waktu|tc)[ \t:]*)"
_CLOCKS = rf"(?:{CLOCK}|{_DOTTED})(?:{_TO}(?:{CLOCK}|{_DOTTED}))?"
_INSIDE = rf"[ \t]*(?:(?:{_WORD})?{_CLOCKS}|{_MINUTE}\d{{1,3}}(?:\.[0-5]\d)?)[ \t]*"
_STAMP = re.compile(
    rf"(?P<hash>\#[ \t]?{CLOCK}(?:-\d{{1,3}})?[ \t]?\#)"
    rf"|(?P<square>\[{_INSIDE}\])"
    rf"|(?P<unclosed>\[[ \t]*{_CLOCKS}(?=[ \t]+[^\W\d_]))"
    rf"|(?P<brace>\{{{_INSIDE}\}})"
    rf"|(?P<angle><[ \t]*{_CLOCKS}[ \t]*>)"
    rf"|(?P<round>\({_INSIDE}\))"
    rf"|(?P<dots>[\[(]\d{{1,2}}\.[0-5]\d[\])])"
    rf"|(?P<range>(?<![\d:.,]){_POINTS}{_TO}{_POINTS}(?![\d:.,]))"
    rf"|(?P<word>\b{_MINUTE}(?:{CLOCK}|\d{{1,3}}(?:\.[0-5]\d){{0,2}}(?![\d:,])))"
    rf"|(?P<bare>{_CLOCKS})",
    re.IGNORECASE,
)
_COLON = re.compile(r":\d")
_POINT = re.compile(r"\.[0-5]\d")
_MINUTES = ("menit", "mnt", "minute", "min.", "min ", "min-")
"""What a text has that has a stamp: looking for it first takes next to no time."""
_DIGIT = re.compile("[0-9]")
_NUMBERS = re.compile(r"\d+")
_IN_FRONT = re.compile(r"[ \t\u00a0>*_]*(?:[-•+‣–][ \t]+)?(?:\d{1,4}[.)]?[ \t]+)?[*_]*")
_LABEL_BEFORE = re.compile(r"[ \t*_\d.)>-]*[^\W\d_][^\n:]{0,40}?[*_]*(?::[*_]*)?[ \t]*")
_LABEL_AFTER = re.compile(
    r"[*_]*[ \t]*(?:[-–][ \t]*)?(?:\t[ \t]*)?[*_\[(]*[^\W\d_][^\n:]{0,60}:|[ ]?\t[ ]?[^\W\d_][^\n:\t]{0,40}\t[ \t]*\S"
)
_NAME_AFTER = re.compile(r"[ \t][-–—][ \t][^\W\d_][^\n:–—-]{0,30}[ \t][-–—][ \t]\S")
_STAMPED = re.compile(
    r"[*_]*[ \t]*(?:[-–—][ \t]*)?[*_\[(]*(?P<label>[^\W\d_][^\n:\t\[\](),.?!]{0,30}?)[\])*_]*(?:[ \t]*[:：](?!//)|(?P<sign>[ \t]*\t|[ \t][-–—][ \t]))"
)
_COMES_BACK = 0.6
"""Of so many labels that a tab or a dash parts from the speech, at most so many are different: speakers come back."""
_NEAR = 80
"""How many characters before and behind a stamp say where in its line it stands."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp: where it stands, its seconds from the start, and whether its line holds nothing else."""

    span: Span
    time: float
    alone: bool


def seconds(clock: str) -> float:
    """Return the seconds that the first time in *clock* says.

    >>> seconds("00:12:31,500")
    751.5
    >>> seconds("#00:12:31-5#")
    751.5
    >>> seconds("12.31")
    751.0
    """
    first = re.split(r"(?<=\d)[ \t]*(?:-{1,2}>|→|[–—]|-(?=[ \t]*\d+[:.]))", clock, maxsplit=1)[0]
    if "#" in clock:
        first = first.replace("-", ".")
    found = re.search(r"\d+(?:[:.,]\d+)*", first)
    if found is None:
        return 0.0
    whole, fraction = found[0], ""
    if ":" in whole:
        whole, _, fraction = whole.replace(",", ".").partition(".")
    elif whole.count(".") == 3 or "," in whole:
        whole, _, fraction = whole.replace(",", ".").rpartition(".")
    total = 0
    parts = _NUMBERS.findall(whole)
    for part in parts:
        total = total * 60 + int(part[:9])
    if len(parts) == 1:
        total *= 60  # "menit 12"
    return total + float(f"0.{fraction or 0}")


def find_stamps(text: str, noise: Sequence[Span] = ()) -> tuple[Stamp, ...]:
    """Return the time stamps of *text* that do not overlap *noise*.

    Between hashes, or in brackets where a line or a speech begins or ends, a time is a stamp. In the middle of a line, or bare at
    its end, somebody may have said it: there it counts only if the same style comes often and runs forward.
    """
    kept: list[tuple[Stamp, str]] = []
    perhaps: dict[str, list[Stamp]] = {}
    for match, where in _matches(text):
        style = match.lastgroup or ""
        stamp = Stamp(Span(*match.span()), seconds(match[0]), where == "alone")
        verdict = _verdict(style, where, match[0])
        if verdict:
            kept.append((stamp, style))
        elif verdict is None:
            perhaps.setdefault(style, []).append(stamp)
    for style, stamps in perhaps.items():
        same = sorted([*stamps, *(s for s, other in kept if other == style)], key=lambda s: s.span)
        if len(same) >= 3 and _runs_forward([s.time for s in same]):
            kept.extend((stamp, style) for stamp in stamps)
    found = sorted((stamp for stamp, _ in kept), key=lambda s: s.span)
    if not noise:
        return tuple(found)
    whole = outside(text, [s.span for s in found], noise)
    return tuple(s for s in found if s.span in set(whole))


def _matches(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield what may be stamps, and where in its line each stands.

    That is *alone*, before or *behind* a label, as the only value of a *header* line, before what may be *named* between dashes, or at its *start*, *end* or *middle*.
    """
    for match, line_start, line_end in _in_lines_with_digits(text):
        start, end = match.span()
        before = text[max(line_start, start - _NEAR) : start]
        after = text[end : min(line_end, end + _NEAR)]
        first = start - line_start <= _NEAR and _IN_FRONT.fullmatch(before) is not None
        last = line_end - end <= _NEAR and not after.strip(" \t\u00a0*_.")
        near = start - line_start <= _NEAR
        if first and last:
            yield match, "alone"
        elif first and _LABEL_AFTER.match(after):
            yield match, "before"
        elif near and _LABEL_BEFORE.fullmatch(before) and (before.rstrip(" \t*_").endswith(":") or _colon(after)):
            yield match, "header" if last and not _colon(after) else "behind"
        elif first:
            yield match, "named" if _NAME_AFTER.match(after) else "start"
        else:
            yield match, "end" if last else "middle"


def _in_lines_with_digits(text: str) -> Iterator[tuple[re.Match[str], int, int]]:
    """Yield what looks like a stamp, with the start and end of its line; most lines have no digit and are not looked into."""
    if not (_COLON.search(text) or _POINT.search(text)):
        small = text.lower()
        if not any(word in small for word in _MINUTES):
            return
    digit = _DIGIT.search(text)
    while digit is not None:
        line_start = text.rfind("\n", 0, digit.start()) + 1
        line_end = text.find("\n", digit.start())
        line_end = len(text) if line_end < 0 else line_end
        for match in _STAMP.finditer(text, line_start, line_end):
            yield match, line_start, line_end
        digit = _DIGIT.search(text, line_end)


def _colon(after: str) -> bool:
    return after.lstrip(" \t*_").startswith(":")


def _verdict(style: str, where: str, stamp: str) -> bool | None:
    """Return whether what looks like a stamp is one, or None where the others of its style decide."""
    if style == "hash":
        return True
    if style in {"square", "brace", "angle"}:
        return True if where not in {"middle", "header"} else None
    if style == "round":
        return True if where in {"alone", "before", "behind", "start", "named"} else None
    if style == "unclosed":
        return where == "before"
    if style == "range":  # "08.00 - 17.00" may well be said, but not before a label
        return where == "before"
    if style == "dots":
        return where in {"before", "behind"}
    if style == "word":
        return where in {"alone", "before"}
    long = stamp.count(":") + stamp.count(".") >= 2
    if where == "before" or (where == "alone" and long):
        return True
    return None if where in {"alone", "behind", "named"} or (long and where in {"start", "end"}) else False


def _runs_forward(times: Sequence[float]) -> bool:
    """Tell whether at least four in five times are not before the last."""
    steps = [later >= earlier for earlier, later in pairwise(times)]
    return sum(steps) >= 0.8 * len(steps)


def stamped_labels(text: str, stamps: Sequence[Stamp]) -> set[str]:
    """Return what stands between a time and a colon at the start of lines, if several lines begin so.

    Who writes the time of every turn writes none before a word that only looks like a label.
    """
    found = [match for stamp in stamps if (match := _STAMPED.match(text, stamp.span.end))]
    by_colon = [match["label"] for match in found if match["sign"] is None]
    by_sign = [match["label"].strip() for match in found if match["sign"] is not None]
    if len(set(by_sign)) > _COMES_BACK * len(by_sign):
        by_sign = []
    labels = [*by_colon, *by_sign]
    return {label for label in labels if not set(normal(label).split()[:1]) & NOT_NAMES} if len(labels) >= 3 else set()


def without_stamps(text: str, stamps: Iterable[Stamp]) -> str:
    """Return *text* with a blank for every character of a stamp, so that every position stays what it was.

    Marks of emphasis that begin before the stamp, as in ``**[12:31] P:**``, are blank too, so that the label can be seen.
    """
    pieces: list[str] = []
    at = 0
    for stamp in stamps:
        start = stamp.span.start
        while start > at and text[start - 1] in "*_":
            start -= 1
        pieces += (text[at:start], " " * (stamp.span.end - start))
        at = stamp.span.end
    return "".join((*pieces, text[at:]))


def with_times(text: str, layout: Layout, stamps: Sequence[Stamp]) -> Layout:
    """Return *layout*, made from the text without its stamps, with these as noise and as the times of turns.

    A turn has the time that stands with its label, at the start of its speech, or alone above it; or else the one on the line
    on which it ends.
    """
    if not stamps:
        return layout
    spoken, at_end = _timed(text, layout.spoken, stamps)
    noise = tuple(sorted((*layout.noise, *(s.span for s in stamps))))
    return replace(
        layout,
        spoken=spoken,
        noise=noise,
        header=outside(text, layout.header, noise),
        unassigned=outside(text, layout.unassigned, noise),
        notes=(*layout.notes, *_notes(text, stamps, spoken, at_end)),
    )


def _timed(text: str, spoken: Sequence[Spoken], stamps: Sequence[Stamp]) -> tuple[tuple[Spoken, ...], int]:
    """Return the turns with their times, and how many of these stand at the end of their turn."""
    times: dict[int, float] = {}
    at_end: dict[int, float] = {}
    turn = -1
    above: Stamp | None = None
    for stamp in (*stamps, None):
        start = stamp.span.start if stamp is not None else len(text)
        while turn + 1 < len(spoken) and spoken[turn + 1].label_start <= start:
            turn += 1
            if above is not None and not _words_between(text, above, spoken[turn].label_start):
                times.setdefault(turn, above.time)
            above = None
        if stamp is None:
            break
        here = spoken[turn] if turn >= 0 else None
        if here is not None and start < here.start:
            times.setdefault(turn, stamp.time)
        elif stamp.alone:
            above = stamp
        elif here is not None and start >= here.end and "\n" not in text[here.end : start]:
            at_end.setdefault(turn, stamp.time)
    ended = {number: time for number, time in at_end.items() if number not in times}
    times.update(ended)
    return tuple(replace(s, time=times.get(i, s.time)) for i, s in enumerate(spoken)), len(ended)


def _words_between(text: str, stamp: Stamp, end: int) -> bool:
    """Tell whether words stand between *stamp* and *end*; what is far away is not looked at."""
    return end - stamp.span.end > 4 * _NEAR or any(c.isalnum() for c in text[stamp.span.end : end])


def _notes(text: str, stamps: Sequence[Stamp], spoken: Sequence[Spoken], at_end: int) -> Iterator[Finding]:
    def line(stamp: Stamp) -> int:
        return text.count("\n", 0, stamp.span.start) + 1

    timed = sum(s.time is not None for s in spoken)
    yield Finding(
        "recognised",
        N_("{n} time stamps, of which {turns} turns have their time; they are nobody's words"),
        line=line(stamps[0]),
        rule="time stamp",
        parameters={"n": len(stamps), "turns": timed},
    )
    if at_end:
        message = N_("the times of {n} turns stand at their end and say when the turn ended")
        yield Finding("note", message, line=line(stamps[0]), rule="time stamp", parameters={"n": at_end})
    back = [later for earlier, later in pairwise(stamps) if later.time < earlier.time]
    if back:
        yield Finding(
            "doubtful",
            N_("a time stamp is earlier than the one before it ({n} such places); please check"),
            line=line(back[0]),
            rule="time stamp",
            parameters={"n": len(back)},
        )
