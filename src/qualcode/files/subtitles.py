"""Subtitles (WebVTT, SubRip and what tools write in their likeness): cues with their times, voices and words.

Read line by line and without giving up: whatever stands in the file and is no time, number, setting or comment of the format is
somebody's words. Broken times cost a cue its time, never its text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

__all__ = ["Captions", "Cue", "Trouble", "is_captions", "plain", "read_captions", "time_of", "troubles_of"]

_TIME = r"\d+(?::\d+){0,2}(?:[.,]\d+)?"
_ARROW = re.compile(r"[ \t]*(?:-{1,3}>|→|⟶|–>|—>)[ \t]*")
_TIMES = re.compile(rf"[ \t]*(?P<start>{_TIME}){_ARROW.pattern}(?P<end>{_TIME})(?P<rest>.*)")
_INLINE = re.compile(rf"[ \t]*\[(?P<start>{_TIME}){_ARROW.pattern}(?P<end>{_TIME})\](?P<rest>.*)")
_BROKEN = re.compile(
    r"[ \t]*(?=\S*\d)[\dA-Za-z?:.,;]{3,16}[ \t]*-{1,2}>(?:[ \t]*[\dA-Za-z?:.,;]{0,16})?[ \t]*|[ \t]*-->.{0,20}"
)
_SETTINGS = re.compile(r"(?:[ \t]+(?:align|position|line|size|vertical|region|[XY][12]):\S*)*[ \t]*", re.IGNORECASE)
_ID = re.compile(r"(?=\S*[\d_/-])[\w{}./:-]{1,80}|\w{1,20}")
_BLOCK = re.compile(r"NOTE(?:[ \t].*)?|(?:STYLE|REGION)[ \t]*")
_HEADER_LINE = re.compile(
    r"(?:(?i:kind|language|region|style)|X-[\w-]+)[ \t]*[:=].*|[A-Z][A-Z-]+=.*|.*[{}].*|[#; \t]+|[ \t]*[a-z-]+[ \t]*:[^;]*;[ \t]*"
)
_UNPADDED = re.compile(r"^[ \t]*\d:(?:\d:\d{1,2}|\d{1,2}:\d)(?:\.\d{1,3})?[ \t]*-->", re.MULTILINE)

_TAG = re.compile(
    r"</?(?:c|i|b|u|s|v|ruby|rt|lang|font|em|strong|span|p|div|br)(?:[.\t ][^<>\n]*)?/?>|<\d[\d:.]*>|\{\\[^{}\n]*\}|\{[bius]:\d\}",
    re.IGNORECASE,
)
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+(?P<name>[^<>\n]+)>|(?P<end></v>)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle: seconds from the start, its words with their tags as they stand, and its line in the file, from 1.

    A time is None where it cannot be read. `speaker` is set where the format itself says who speaks.
    """

    start: float | None
    end: float | None
    text: str
    line: int | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong at a line of the file: *time*, *order*, *backwards*, *overlap*, *number* or *loop*."""

    what: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Captions:
    """What a subtitle file holds: the words above its first cue, the cues, comments left out, and what was wrong.

    `names` are the words above times that name their cue, as the numbers of others do.
    """

    cues: tuple[Cue, ...] = ()
    above: str = ""
    comments: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(slots=True)
class _Open:
    """A cue whose lines are still being read."""

    start: float | None
    end: float | None
    line: int
    lines: list[str] = field(default_factory=list)


def time_of(clock: str, *, milliseconds: bool = False) -> float:
    """Return the seconds that *clock* says, as in ``00:01:02,500`` or ``1:02.5``.

    With *milliseconds*, the fraction counts them without leading zeros: ``0:0:6.90`` is 6.09 seconds, as some meeting software
    writes it.
    """
    whole, _, fraction = clock.replace(",", ".").partition(".")
    total = 0.0
    for part in whole.split(":"):
        total = total * 60 + int(part[:12])
    if not fraction:
        return total
    return total + (int(fraction[:9]) / 1000 if milliseconds and len(fraction) <= 3 else float(f"0.{fraction[:9]}"))


def is_captions(text: str) -> bool:
    """Tell whether *text*, whatever its file is called, is made of subtitle cues."""
    if text.startswith("WEBVTT"):
        return True
    lines = [line for line in text[:20_000].splitlines() if line.strip()]
    inline = sum(_INLINE.match(line) is not None for line in lines)
    times = [place for place, line in enumerate(lines) if _TIMES.match(line)]
    numbered = sum(place > 0 and lines[place - 1].strip().isdigit() for place in times)
    return (inline >= 2 and inline >= 0.6 * len(lines)) or (numbered >= 2 and numbered >= 0.6 * len(times))


def read_captions(text: str) -> Captions:
    r"""Return what the subtitles in *text* hold; *text* has ``\\n`` line ends and no byte-order mark."""
    return _Reader(text).read()


class _Reader:
    """Goes down the lines once."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._is_vtt = text.startswith("WEBVTT")
        self._milliseconds = _UNPADDED.search(text) is not None
        self._cues: list[Cue] = []
        self._above: list[str] = []
        self._comments: list[str] = []
        self._troubles: list[Trouble] = []
        self._open: _Open | None = None
        self._number = 0
        self._names: list[str] = []

    def read(self) -> Captions:
        """Return the captions."""
        place = self._past_header()
        while place < len(self._lines):
            line = self._lines[place]
            inline = _INLINE.match(line)
            if inline:
                self._begin(inline["start"], inline["end"], place, inline["rest"])
            elif "-->" in line or "->" in line or "→" in line:
                place = self._arrow(line, place)
            elif self._is_vtt and _BLOCK.fullmatch(line) and self._blank_above(place):
                place = self._past_block(place)
                continue
            else:
                self._keep(line)
            place += 1
        self._close()
        return Captions(
            cues=tuple(self._cues),
            above="\n".join(self._above).strip(),
            comments=tuple(self._comments),
            troubles=(*self._troubles, *troubles_of(self._cues)),
            names=tuple(self._names),
        )

    def _past_header(self) -> int:
        """Return the line below the header of a WebVTT file; a title in it is kept."""
        if not self._is_vtt:
            return 0
        title = self._lines[0][len("WEBVTT") :].strip(" \t-–:")
        self._above += [title] if title else []
        place = 1
        while place < len(self._lines) and self._lines[place].strip():
            # A header without a blank line below it ends where the first cue has its times, or its number above them.
            if "-->" in "\n".join(self._lines[place : place + 2]):
                break
            line = self._lines[place]
            if _BLOCK.fullmatch(line) and line.startswith("NOTE"):
                self._comments += [said] if (said := line[4:].strip()) else []
            elif not _HEADER_LINE.fullmatch(line):
                self._above.append(line)
            place += 1
        return place

    def _past_block(self, place: int) -> int:
        """Return the line below a comment or style block; a comment's words are kept aside."""
        begin = place
        while place < len(self._lines) and self._lines[place].strip():
            if "-->" in self._lines[place]:
                break
            place += 1
        words = " ".join(self._lines[begin:place])
        if words.startswith("NOTE") and (said := words[4:].strip()):
            self._comments.append(said)
        return place

    def _arrow(self, line: str, place: int) -> int:
        found = _TIMES.match(line)
        if found:
            rest = found["rest"]
            settings = _SETTINGS.match(rest)
            self._begin(found["start"], found["end"], place, rest[settings.end() :] if settings else rest)
        elif _BROKEN.fullmatch(line):
            self._troubles.append(Trouble("time", place + 1))
            self._take_number()
            self._close()
            self._open = _Open(None, None, place + 1)
        else:
            self._keep(line)
        return place

    def _begin(self, start: str, end: str, place: int, rest: str) -> None:
        self._take_number()
        self._close()
        self._open = _Open(
            time_of(start, milliseconds=self._milliseconds), time_of(end, milliseconds=self._milliseconds), place + 1
        )
        if rest.strip():
            self._open.lines.append(rest)

    def _keep(self, line: str) -> None:
        (self._open.lines if self._open is not None else self._above).append(line)

    def _take_number(self) -> None:
        """Remove the number or name of the cue that now begins from the end of what was read last.

        It stands below a blank line; without one, only the number that follows the last is no speech.
        """
        lines = self._open.lines if self._open is not None else self._above
        end = len(lines)
        while end and not lines[end - 1].strip():
            end -= 1
        if not end:
            return
        last = lines[end - 1].strip()
        number = int(last) if last.isdecimal() and len(last) < 10 else None
        apart = end == len(lines) and (not lines[end - 2].strip() if end > 1 else self._open is None)
        # A word right below the head of the file names no cue.
        name = number is None and end > 1 and self._is_vtt and _ID.fullmatch(last) is not None
        if number == self._number + 1 or (apart and (number is not None or name)):
            self._number = self._number if number is None else number
            if name and not any(c.isdigit() for c in last):
                self._names.append(last)
            del lines[end - 1 :]

    def _close(self) -> None:
        if self._open is not None:
            words = "\n".join(line.strip() for line in self._open.lines if line.strip())
            self._cues.append(Cue(self._open.start, self._open.end, words, self._open.line))
            self._open = None

    def _blank_above(self, place: int) -> bool:
        return not self._lines[place - 1].strip()


def troubles_of(cues: Iterable[Cue]) -> Iterator[Trouble]:
    """Yield the cues that end before they begin, begin before the one above, or before the one above has ended."""
    last: Cue | None = None
    for cue in cues:
        if cue.start is None:
            continue
        if cue.end is not None and cue.end < cue.start:
            yield Trouble("backwards", cue.line)
        if last is not None and last.start is not None:
            if cue.start < last.start:
                yield Trouble("order", cue.line)
            elif last.end is not None and cue.start < last.end - 0.05 and cue.text.strip():
                yield Trouble("overlap", cue.line)
        if cue.text.strip():
            last = cue


def plain(cue: Cue) -> tuple[tuple[Cue, ...], int]:
    """Return the cue without tags and entities, one for every voice that speaks in it, and how many tags there were.

    Only what the formats know as a tag is one: ``3 < 5`` stays.
    """
    tags = 0
    pieces: list[tuple[str | None, str]] = []
    at, voice = 0, cue.speaker
    for match in _VOICE.finditer(cue.text):
        pieces.append((voice, cue.text[at : match.start()]))
        voice = cue.speaker if match["end"] else " ".join(html.unescape(match["name"]).split())
        at = match.end()
    pieces.append((voice, cue.text[at:]))
    found: list[Cue] = []
    for speaker, raw in pieces:
        words, n = _TAG.subn("", raw) if "<" in raw or "{" in raw else (raw, 0)
        tags += n
        words = html.unescape(words) if "&" in words else words
        lines = [" ".join(line.split()) for line in words.replace("\\N", "\n").split("\n")]
        said = "\n".join(line for line in lines if line)
        if said:
            found.append(replace(cue, text=said, speaker=speaker or None))
    return tuple(found), tags + (len(pieces) - 1)
