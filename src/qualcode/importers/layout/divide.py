"""From the lines that begin turns to a layout: where each turn ends, whose it is, and what belongs to none."""

from __future__ import annotations

import re
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
    text, stop = given.text, given.stop
    aliases = _aliases(top, accepted)
    order: dict[tuple[str, Role | None], int] = {}
    newly: list[LegendItem | None] = []
    first: list[Candidate] = []
    counts: list[int] = []
    spoken: list[Spoken] = []
    begin = accepted[0].line_start
    # The first turn may begin in the middle of a line that was read as a title.
    unassigned = [
        part for span in top.loose for part in gap(text, span.start, min(span.end, begin)) if span.start < begin
    ]
    unassigned.extend(gap(text, top.end, begin))
    speeches: dict[str, list[str]] = {}
    alone = len({aliases.get(c.key, c.key) for c in accepted}) == 1
    # A line of a chat that nobody wrote, such as "Anda ditambahkan", ends the message above it.
    notices: set[int] = set()
    if any(_CHAT_LINE.match(text, c.line_start) for c in accepted[:3]):
        notices = {m.start() for m in _CHAT_LINE.finditer(text, begin, stop)} - {c.line_start for c in accepted}
    headings = {*given.headings, *(span.start for span in top.below), *notices}
    cutter = Cutter(text, frozenset(headings), frozenset(given.emphasised), given.noise, only_answers=alone)
    lines: list[int] = []
    line, counted = 1, 0
    ends = [*(c.line_start for c in accepted[1:]), stop]
    for c, following in zip(accepted, ends, strict=True):
        end, cuts = cutter.cut(c.speech_start, following, is_last=c is accepted[-1])
        unassigned += cuts
        key = aliases.get(c.key, c.key)
        changed = None if key in given.speakers else changed_at(top, key, c.line_start)
        place = (key, role_of(changed.meaning) if changed is not None else None)
        who = order.get(place)
        if who is None:
            who = order[place] = len(first)
            newly.append(changed)
            line, counted = line + text.count("\n", counted, c.line_start), c.line_start
            lines.append(line)
            first.append(c)
            counts.append(0)
            speeches.setdefault(c.label, [])
        counts[who] += 1
        start = min(c.speech_start, end)
        speech = text[start:end].lstrip()
        start = end - len(speech)
        speeches[first[who].label].append(speech)
        spoken.append(Spoken(c.line_start, start, end, who, c.time))
    unassigned.extend(gap(text, stop, len(text)))
    speakers = [
        Speaker(c.label, counts[i], lines[i], meaning=new.meaning if new else _meaning(c, key, meanings or {}))
        for ((key, _), i), c, new in zip(order.items(), first, newly, strict=True)
    ]
    known = assign_roles(
        speakers, options=given.speakers, names=top.names, speeches=speeches, is_group=kind is Kind.GROUP
    )
    return Layout(
        speakers=tuple(_if_disputed(speaker, top) for speaker in known),
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
        notes=(*unused(text, top, accepted), *about_marks(said for own in speeches.values() for said in own)),
    )


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
