"""From the lines that begin turns to a layout: where each turn ends, whose it is, and what belongs to none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from qualcode.importers._words import is_role_label, normal, role_of
from qualcode.importers.header.fields import described
from qualcode.importers.header.legend import LegendItem
from qualcode.importers.header.top import Top
from qualcode.importers.layout.cuts import Cutter
from qualcode.importers.layout.doubts import about_legend, about_marks, changed_at, unused
from qualcode.importers.layout.layout import Doubt, Given, Layout, Spoken, gap, merged
from qualcode.importers.speakers.labels import CHAT, Candidate
from qualcode.importers.speakers.roles import Speaker, assign_roles
from qualcode.model import Kind, Role, Span

__all__ = ["divide", "outside", "without_turns"]

_CHAT_LINE = re.compile(rf"^{CHAT}(?=\S)", re.MULTILINE)
_CODED = re.compile(r"[(\[](?P<label>[A-Z]{1,3}\d{0,2})[)\]]")


def divide(
    given: Given,
    top: Top,
    accepted: Sequence[Candidate],
    *,
    meanings: Mapping[str, str] | None = None,
    doubts: Iterable[Doubt] = (),
    kind: Kind | None = None,
) -> Layout:
    """Return the layout of a text whose turns begin where *accepted* says.

    Parameters
    ----------
    given : Given
        The text and what is known of it.
    top : Top
        What stands above the talk.
    accepted : sequence of Candidate
        Where turns begin, in order, with their labels; at least one.
    meanings : mapping of str to str, optional
        What the legend says of the labels, in normal form.
    doubts : iterable of Doubt
        What was doubtful about labels so far.
    kind : Kind, optional
        What the source is, if that is known.
    """
    text = given.text
    aliases = _aliases(top, accepted)
    voices = _Voices(given, top, aliases)
    spoken, cuts = _spoken(given, accepted, voices, _cutter(given, top, accepted, aliases))
    unassigned = [*_above(text, top, accepted[0].line_start), *cuts, *gap(text, given.stop, len(text))]
    return Layout(
        speakers=voices.speakers(meanings or {}, is_group=kind is Kind.GROUP),
        spoken=tuple(spoken),
        header=outside(text, sorted((*top.spans, *top.below)), given.noise),
        unassigned=outside(text, merged(text, unassigned), sorted((*given.noise, *top.below))),
        fields=top.fields,
        legend=top.legend,
        kind=kind,
        doubts=(*_without_other_names(doubts, aliases), *about_legend(text, top, accepted, given.speakers)),
        described=top.described,
        informant_id=top.informant_id,
        noise=given.noise,
        notes=(*unused(text, top, accepted), *about_marks(said for own in voices.speeches.values() for said in own)),
    )


class _Voices:
    """Says whose each turn is, by the order in which speakers first speak, and keeps what each of them says.

    `speeches` are by the label that a speaker has first.
    """

    def __init__(self, given: Given, top: Top, aliases: Mapping[str, str]) -> None:
        self.speeches: dict[str, list[str]] = {}
        self._given = given
        self._top = top
        self._aliases = aliases
        self._order: dict[tuple[str, Role | None], int] = {}
        self._first: list[tuple[Candidate, str, LegendItem | None, int]] = []
        self._own: list[list[str]] = []
        self._counts: list[int] = []
        self._line, self._counted = 1, 0

    def whose(self, c: Candidate, speech: str) -> int:
        """Return the place of the one who says *speech*; from where a second legend makes somebody else of a label, it is another one's."""
        key = self._aliases.get(c.key, c.key)
        told = self._top.later and key not in self._given.speakers
        changed = changed_at(self._top, key, c.line_start) if told else None
        who = self._order.setdefault((key, role_of(changed.meaning) if changed is not None else None), len(self._first))
        if who == len(self._first):
            self._line += self._given.text.count("\n", self._counted, c.line_start)
            self._counted = c.line_start
            self._first.append((c, key, changed, self._line))
            self._own.append(self.speeches.setdefault(c.label, []))
            self._counts.append(0)
        self._own[who].append(speech)
        self._counts[who] += 1
        return who

    def speakers(self, meanings: Mapping[str, str], *, is_group: bool) -> tuple[Speaker, ...]:
        """Return those who speak, each with what the legend says and with a role."""
        found = [
            Speaker(c.label, n, line, meaning=changed.meaning if changed else _meaning(c, key, meanings))
            for (c, key, changed, line), n in zip(self._first, self._counts, strict=True)
        ]
        stated, names = self._given.speakers, self._top.names
        known = assign_roles(found, options=stated, names=names, speeches=self.speeches, is_group=is_group)
        return tuple(_if_disputed(speaker, self._top) for speaker in known)


def _spoken(
    given: Given, accepted: Sequence[Candidate], voices: _Voices, cutter: Cutter
) -> tuple[list[Spoken], list[Span]]:
    """Return the turns that begin where *accepted* says, and what stands among them but is no speech."""
    text = given.text
    spoken: list[Spoken] = []
    cuts: list[Span] = []
    ends = [*(c.line_start for c in accepted[1:]), given.stop]
    starts = [table.start for table in given.tables]
    for c, following in zip(accepted, ends, strict=True):
        at = bisect_right(starts, c.line_start) - 1
        if at >= 0 and c.speech_start <= given.tables[at].end < following:
            # What stands below a table is no part of its last row.
            cuts += gap(text, given.tables[at].end, following)
            following = given.tables[at].end
        end, cut = cutter.cut(c.speech_start, following, is_last=c is accepted[-1])
        cuts += cut
        speech = text[min(c.speech_start, end) : end].lstrip()
        spoken.append(Spoken(c.line_start, end - len(speech), end, voices.whose(c, speech), c.time))
    return spoken, cuts


def _cutter(given: Given, top: Top, accepted: Sequence[Candidate], aliases: Mapping[str, str]) -> Cutter:
    """Return what cuts from turns what is no speech, told of all that the format and the legends know."""
    notices: set[int] = set()
    # A line of a chat that nobody wrote, such as "Anda ditambahkan", ends the message above it.
    if any(_CHAT_LINE.match(given.text, c.line_start) for c in accepted[:3]):
        lines = _CHAT_LINE.finditer(given.text, accepted[0].line_start, given.stop)
        notices = {m.start() for m in lines} - {c.line_start for c in accepted}
    headings = frozenset((*given.headings, *(span.start for span in top.below), *notices))
    alone = len({aliases.get(c.key, c.key) for c in accepted}) == 1
    return Cutter(given.text, headings, frozenset(given.emphasised), given.noise, only_answers=alone)


def _above(text: str, top: Top, begin: int) -> list[Span]:
    """Return what stands above the first turn but in no header; that turn may begin in the middle of a line that was read as a title."""
    loose = [part for span in top.loose if span.start < begin for part in gap(text, span.start, min(span.end, begin))]
    return [*loose, *gap(text, top.end, begin)]


def without_turns(given: Given, top: Top, kind: Kind | None, doubts: Iterable[Doubt] = ()) -> Layout:
    """Return the layout of a text without turns: a header, perhaps, and the rest unassigned."""
    text, stop = given.text, given.stop
    unassigned = [*top.loose, *gap(text, top.end, stop), *gap(text, stop, len(text))]
    return Layout(
        header=outside(text, sorted((*top.spans, *top.below)), given.noise),
        unassigned=outside(text, merged(text, unassigned), sorted((*given.noise, *top.below))),
        fields=top.fields,
        legend=top.legend,
        kind=kind,
        doubts=tuple(doubts),
        described=top.described,
        informant_id=top.informant_id,
        noise=given.noise,
    )


def outside(text: str, spans: Iterable[Span], noise: Sequence[Span]) -> tuple[Span, ...]:
    """Return what of *spans* lies outside *noise*, without white space around it; both are in order and disjoint."""
    if not noise:
        return tuple(spans)
    found: list[Span] = []
    at = 0
    for span in spans:
        start = span.start
        while at < len(noise) and noise[at].end <= start:
            at += 1
        over = at
        while over < len(noise) and noise[over].start < span.end:
            found.extend(gap(text, start, max(start, noise[over].start)))
            start = max(start, noise[over].end)
            over += 1
        found.extend(gap(text, start, max(start, span.end)))
    return tuple(found)


def _aliases(top: Top, accepted: Sequence[Candidate]) -> dict[str, str]:
    """Return which label is whose other name.

    A transcript with ``N`` in its legend may write out ``Narasumber``; one that begins with ``Narasumber (N):`` goes on with ``N:``.
    """
    used = {c.key for c in accepted}
    found = {
        meaning: key
        for item in top.legend
        if (meaning := normal(item.meaning)) in used and (key := normal(item.label)) in used and meaning != key
    }
    for c in accepted:
        coded = _CODED.fullmatch(c.aside.strip()) if len(c.aside) > 2 else None
        if coded and (key := normal(coded["label"])) in used and key != c.key and key not in found:
            found.setdefault(c.key, key)
    return found


def _without_other_names(doubts: Iterable[Doubt], aliases: Mapping[str, str]) -> Iterable[Doubt]:
    """Return the doubts but those on a label that is seldom because its speaker has another one too."""
    named = {*aliases, *aliases.values()}
    return (d for d in doubts if d[0] not in {"once", "rare"} or normal(str(d[2]["label"])) not in named)


def _if_disputed(speaker: Speaker, top: Top) -> Speaker:
    """Return the speaker as one to be checked where two legends say different things."""
    disputed = speaker.rule == "legend" and normal(speaker.label) in top.disputed
    return replace(speaker, sure=False) if disputed else speaker


def _meaning(first: Candidate, key: str, meanings: Mapping[str, str]) -> str:
    """Return what the legend, or else the bracket behind the first label (``Ibu S (informan, 40 th):``), says."""
    aside = first.aside.strip(" \t()[]")
    telling = is_role_label(aside.split(",")[0]) or bool(described(aside))
    return meanings.get(key) or meanings.get(first.key) or (aside if telling else "")
