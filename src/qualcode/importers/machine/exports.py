"""Transcripts as meeting and transcription software exports them to text: a name and a time on lines of their own above what was said.

Zoom, Teams, Otter, Word, Google Recorder and many others differ only in the order of the two, in what is between and around them,
and in whether they share a line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qualcode.errors import N_
from qualcode.files.subtitles import time_of
from qualcode.importers._words import NOT_NAMES, is_name, is_role_label, normal
from qualcode.importers.header.top import read_top
from qualcode.importers.layout.divide import divide
from qualcode.importers.layout.layout import Given, Layout
from qualcode.importers.machine.times import seconds
from qualcode.importers.speakers.labels import Candidate, candidates
from qualcode.importers.speakers.roles import Speaker
from qualcode.importers.speakers.voices import MACHINE
from qualcode.model import Finding, Span

__all__ = ["machine_layout", "signed_by_machines", "with_doubt"]

_NAME = r"(?P<name>[^\s\d#>:\[\](){}|][^\n\t:\[\]{}|#]{0,58}?|\d[\d +-]{6,18}\d)"
_CLOCK = r"\d{1,3}:[0-5]?\d(?::[0-5]?\d)?(?:[.,]\d{1,6})?"
_RANGE = rf"(?P<time>{_CLOCK})(?:[ \t]*(?:-->|->|–|—|-|to)[ \t]*{_CLOCK})?"
_BOXED = rf"(?:[\[(]{_RANGE}[\])]|{_RANGE.replace('?P<time>', '?P<bare>')})"
_ANY_CLOCK = re.compile(r"\d[:.]\d\d")
"""Without it no line has a time; looking for a colon first takes next to no time."""
_END = r"[ \t\u00a0]*$"
_NUMBER = r"(?:\d{1,5}[ \t]*\n)?"
_MONTH = r"(?:jan|feb|mar|apr|mei|may|jun|jul|agu|aug|agt|sep|okt|oct|nov|des|dec)[a-z]*\.?"
_DATE = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}} (?i:{_MONTH}) \d{{4}}|(?i:hari ini|kemarin|today|yesterday))"
_STYLES: Mapping[str, re.Pattern[str]] = {
    "name and date": re.compile(
        rf"^[ \t]*[*_]{{0,3}}{_NAME}[*_]{{0,3}}(?P<gap>[ \t]*[,|·•–—-]?[ \t]*)[\[(]?{_DATE},?[ \t]+(?:(?:pukul|jam|at)[ \t]+)?(?P<time>\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?)"
        rf"(?:[ \t\u202f]?[APap][Mm])?[\])]?:?{_END}",
        re.MULTILINE,
    ),
    "name and time": re.compile(
        rf"^[ \t]*[*_]{{0,3}}(?P<open>\[)?{_NAME}(?(open)\])[*_]{{0,3}}(?P<gap>[ \t\u00a0]*[:,|·•–—-]?[ \t\u00a0]*){_BOXED}[ \t]*:?[*_]{{0,3}}{_END}",
        re.MULTILINE,
    ),
    "time and name": re.compile(
        rf"^[ \t]*[*_]{{0,3}}{_BOXED}(?P<gap>[ \t\u00a0]*[,|·•–—-]?[ \t\u00a0]+)(?P<open>\[)?{_NAME}(?(open)\])[ \t]*:?[*_]{{0,3}}{_END}",
        re.MULTILINE,
    ),
    "name above time": re.compile(
        rf"^[ \t]*[*_]{{0,3}}(?P<open>\[)?{_NAME}(?(open)\]):?[*_]{{0,3}}(?P<gap>[ \t]*\n[ \t]*){_BOXED}{_END}",
        re.MULTILINE,
    ),
    "time above name": re.compile(
        rf"^{_NUMBER}[ \t]*(?P<time>{_CLOCK})[ \t]*-->[ \t]*{_CLOCK}(?P<gap>[ \t]*\n[ \t]*){_NAME}:?{_END}",
        re.MULTILINE,
    ),
    # Somebody's time alone may as well stand below their name; a range with a name below it is a head.
    "range above name": re.compile(
        rf"^{_NUMBER}[ \t]*[\[(]?(?P<time>{_CLOCK})[ \t]*(?:->|–|—|-|to|s\.?d\.?|sampai)[ \t]*{_CLOCK}[\])]?(?P<gap>[ \t]*\n[ \t]*){_NAME}:?{_END}",
        re.MULTILINE,
    ),
    "chat": re.compile(
        rf"^(?P<time>\d{{1,2}}:\d{{2}}:\d{{2}})[ \t]+(?P<gap>From|Dari)[ \t]+{_NAME}(?:[ \t]+(?:to|kepada|untuk)[ \t]+[^:\n]{{1,60}}?)?[ \t]*:",
        re.MULTILINE,
    ),
}
_NAMED_AS = {"range above name": "time above name"}
"""Manners that a reader has no need to tell apart."""
_SIGNED = re.compile(
    r"\n[ \t]*(?:(?:Transcribed|Transcription|Transcript|Generated)[ \t]+(?:by|with|powered by)[ \t]+(?:https?://|[\w-]+\.(?:ai|com|io)\b|"
    r"Otter|Rev|Descript|Sonix|Zoom|Microsoft|Google|Whisper|Turboscribe|Notta|Fireflies)[^\n]{0,60}"
    r"|[A-Z][^\n:.]{0,60}[ \t](?:started|stopped|memulai|menghentikan)[ \t]+(?:transcription|transkripsi)"
    r"|(?:Meeting|Rapat)[ \t]+(?:ended|berakhir)[ \t]+(?:after|setelah)[ \t]+\d[^\n]{0,20})[ \t]*$",
    re.MULTILINE,
)
_CLOSED = re.compile(r"(?:(?<! [A-Z])\.|[?!;,…])$")
"""The end of a sentence; an initial such as that of *Endang S.* is none."""
_CLOCK_WORDS = {
    "menit",
    "mnt",
    "minute",
    "minutes",
    "jam",
    "pukul",
    "durasi",
    "waktu",
    "time",
    "mulai",
    "selesai",
    "detik",
}
_DAY = 4 * 3600.0
"""A recording whose first time is later was timed by a clock on the wall."""


@dataclass(frozen=True, slots=True)
class _Head:
    """A name with its time: where both begin and end, and where the time stands."""

    start: int
    end: int
    name: str
    time: float
    stamp: Span


def machine_layout(given: Given) -> Layout | None:
    """Return the layout of a text in which names and times stand above what was said, or None if it is no such text.

    Parameters
    ----------
    given : Given
        The text, as it came, and what is known of it.
    """
    if _ANY_CLOCK.search(given.text) is None:
        return None
    best: tuple[str, list[_Head]] = ("", [])
    for style in _STYLES:
        heads = _heads(given, style)
        if len(heads) > len(best[1]) and _is_talk(given.text, style, heads):
            best = (style, heads)
    style, heads = best
    if not heads or _is_labelled(given, heads):
        return None
    heads, by_clock = _from_first(heads)
    accepted = [Candidate(h.start, h.end, h.name, normal(h.name), time=h.time) for h in heads]
    noise = _noise(given, heads)
    names = frozenset(c.key for c in accepted)
    top = read_top(given.text, heads[0].start, [], names)
    meanings = {normal(item.label): item.meaning for item in (*given.legend, *top.legend)}
    kind = given.kind if given.kind is not None else top.kind
    layout = divide(replace(given, noise=noise), top, accepted, meanings=meanings, kind=kind)
    return replace(
        layout,
        speakers=tuple(with_doubt(speaker) for speaker in layout.speakers),
        notes=(*layout.notes, *_notes(given.text, _NAMED_AS.get(style, style), heads, by_clock)),
    )


def with_doubt(speaker: Speaker) -> Speaker:
    """Return *speaker*, whose role a person should check if only a machine named them."""
    guessed = speaker.rule == "who asks" and MACHINE.fullmatch(speaker.label) is not None
    return replace(speaker, sure=False) if guessed else speaker


def _heads(given: Given, style: str) -> list[_Head]:
    text = given.text
    milliseconds = style == "time above name"
    found = []
    for match in _STYLES[style].finditer(text, 0, given.stop):
        name = " ".join(match["name"].strip(" \t*_-–—,|·•").split())
        key = normal(name)
        if not key or key in given.nobody or key in NOT_NAMES or key.split()[0] in _CLOCK_WORDS or _CLOSED.search(name):
            continue
        which = "time" if match["time"] is not None else "bare"
        clock = match[which] if style != "name and date" else match[which].replace(".", ":")
        time = time_of(clock, milliseconds=milliseconds) if milliseconds else seconds(clock)
        if style == "name and date" and clock.count(":") == 1:
            time *= 60  # a time of day has hours first
        end = match.end()
        while end < given.stop and text[end].isspace():
            end += 1
        found.append(_Head(match.start(), end, name, time, Span(*match.span(which))))
    return found


def _is_talk(text: str, style: str, heads: Sequence[_Head]) -> bool:
    """Tell whether lines with names and times are those of speakers: names come back, times go on, words stand below."""
    names = Counter(normal(head.name) for head in heads)
    sure = all(MACHINE.fullmatch(name) or is_role_label(name.title()) for name in names)
    if not heads or (len(heads) < 2 and not MACHINE.fullmatch(heads[0].name)):
        return False
    back = any(n > 1 for n in names.values())
    if len(heads) < 4 and not all(_is_somebody(head, text) or (back and is_name(head.name)) for head in heads):
        return False
    if len(heads) >= 4 and len(names) > 0.75 * len(heads) and not sure:
        return False
    forward = sum(
        later.time >= earlier.time or later.time < earlier.time - _DAY * 3 for earlier, later in pairwise(heads)
    )
    if forward < 0.8 * (len(heads) - 1):
        return False
    ends = [*(head.start for head in heads[1:]), len(text)]
    spoken = sum(bool(text[head.end : end].strip()) for head, end in zip(heads, ends, strict=True))
    return spoken >= 0.6 * len(heads)


def _is_labelled(given: Given, heads: Sequence[_Head]) -> bool:
    """Tell whether more turns begin with a label and a colon than with a name and a time."""
    starts = {head.start for head in heads}
    labels = Counter(c.key for c in candidates(given.text, given.stop) if c.line_start not in starts)
    usual = (n for key, n in labels.items() if n >= 2 and (is_role_label(key.title()) or len(key) <= 3 or n >= 5))
    return sum(usual) > len(heads)


def _is_somebody(head: _Head, text: str) -> bool:
    """Tell whether a name that stands once is one: by its capitals or its machine, and by what parts it from the time."""
    if MACHINE.fullmatch(head.name) or is_role_label(head.name):
        return True
    apart = text[head.start : head.end].rstrip().replace(head.name, "", 1)
    if apart.startswith("[]"):
        return True
    return is_name(head.name) and re.search(r"[ \t\u00a0]{2}|\t|\n|[\[(|·]", apart) is not None


def _from_first(heads: list[_Head]) -> tuple[list[_Head], bool]:
    """Return the heads with times counted from the first if they are times of day, and whether they are."""
    first = heads[0].time
    if first < _DAY:
        return heads, False
    return [replace(head, time=(head.time - first) % 86_400) for head in heads], True


def _noise(given: Given, heads: Sequence[_Head]) -> tuple[Span, ...]:
    """Return the noise that is known, and the times of the heads."""
    known = sorted(given.noise)
    starts = [span.start for span in known]
    found = list(known)
    for head in heads:
        at = bisect_right(starts, head.stamp.start)
        if not any(span.overlaps(head.stamp) for span in known[max(at - 1, 0) : at + 1]):
            found.append(head.stamp)
    return tuple(sorted(found))


def signed_by_machines(text: str) -> list[Span]:
    """Return the lines of *text* in which software speaks of itself: who started it, who made it, when it ended."""
    found = []
    for match in _SIGNED.finditer(f"\n{text}"):
        line = match[0]
        start = match.start() - 1
        found.append(Span(start + len(line) - len(line.lstrip()), start + len(line.rstrip())))
    return found


def _notes(text: str, style: str, heads: Sequence[_Head], by_clock: bool) -> Iterator[Finding]:
    line = text.count("\n", 0, heads[0].start) + 1
    message = N_("{n} turns have the speaker's name and their time on lines of their own, as software writes them")
    yield Finding("recognised", message, line=line, rule=style, parameters={"n": len(heads)})
    if by_clock:
        message = N_("the times are times of day; they are counted from the first turn")
        yield Finding("note", message, line=line, rule=style)
