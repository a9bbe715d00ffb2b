"""Finds the talk in a text: header fields, legend, speakers, turns, and what belongs to none of them.

Not an importer but what all of them share: give it a text, get a `Layout` whose parts cover the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from qualcode.files.document import Format
from qualcode.importers._words import normal
from qualcode.importers.header.top import Top, read_top, with_legends_below
from qualcode.importers.layout.divide import divide, without_turns
from qualcode.importers.layout.layout import Given, Layout, Recogniser, Spoken
from qualcode.importers.machine.chats import chat_layout
from qualcode.importers.machine.exports import machine_layout, signed_by_machines
from qualcode.importers.machine.times import find_stamps, stamped_labels, with_times, without_stamps
from qualcode.importers.pages.debris import debris
from qualcode.importers.speakers.emphasis import by_emphasis
from qualcode.importers.speakers.figures import with_figures
from qualcode.importers.speakers.forgotten import with_forgotten
from qualcode.importers.speakers.headed import by_headings
from qualcode.importers.speakers.inline import wholly_inline, with_inline
from qualcode.importers.speakers.labels import (
    Candidate,
    accept,
    candidates,
    role_words_only,
)
from qualcode.importers.speakers.rows import by_rows
from qualcode.importers.speakers.separators import by_signs, by_tabs, other_separators
from qualcode.importers.speakers.voices import MACHINE
from qualcode.importers.unlabelled.blocks import by_blocks
from qualcode.importers.unlabelled.talk import unlabelled
from qualcode.model import Kind, Role, Span

__all__ = ["Given", "Layout", "Recogniser", "Spoken", "find_turns", "lay_out"]

NOISE: tuple[Callable[[str], Collection[Span]], ...] = (debris, signed_by_machines)
"""What finds page numbers, running heads and the like in a text whose importer knows of none."""

FIRST: tuple[Recogniser, ...] = (by_blocks,)
"""Manners of talk that are looked for before speaker labels are: quotes with their codes below them."""


def _headed(given: Given, top: Top) -> Layout | None:
    """Return the layout of a text in which each speaker's name stands alone above their words, or in bold in front of them."""
    if top.kind in {Kind.OBSERVATION, Kind.DOCUMENT, Kind.JOURNAL} and given.kind is None:
        return None
    rows = by_headings(given.text, given.stop, given.emphasised) or by_emphasis(given.text, given.stop, given.formats)
    found = [c for c in _outside(rows, given.noise) if c.key not in given.nobody]
    if len({c.key for c in found}) < 2:
        return None
    # The first of the names may have been read as the last title of the header.
    top = read_top(given.text, found[0].line_start, [], frozenset(c.key for c in found))
    meanings = {normal(item.label): item.meaning for item in (*given.legend, *top.legend)}
    return divide(given, top, found, meanings=meanings, kind=given.kind if given.kind is not None else top.kind)


LAST: tuple[Recogniser, ...] = (_headed, unlabelled)
"""Manners of talk that are looked for where not two speakers have labels: names alone, quotes that alternate, questions in bold."""


def find_turns(
    text: str,
    *,
    speakers: Mapping[str, Role | None] | None = None,
    kind: Kind | None = None,
    headings: Collection[int] = (),
    emphasised: Collection[int] = (),
    end: int | None = None,
    labels: Collection[str] = (),
    noise: Collection[Span] = (),
    formats: Sequence[Format] = (),
    listed: Mapping[int, str] | None = None,
    tables: Sequence[Span] = (),
) -> Layout:
    """Return how *text* is laid out.

    Parameters
    ----------
    text : str
        The whole text of a source.
    speakers : mapping of str to Role, optional
        Roles the user gives, by label, or None for what only looks like a label; labels that this text has not are passed over.
    kind : Kind, optional
        What the source is, if the user says so.
    headings, emphasised : collections of int
        Positions where lines begin that the format marks as headings, or sets wholly in bold.
    end : int, optional
        Where the talk ends at the latest; what follows (such as footnotes) is unassigned.
    labels : collection of str
        Labels that the format itself says are speakers.
    noise : collection of Span, optional
        Passages that the format knows to be no speech, such as page numbers; in order and disjoint.
    formats : sequence of Format, optional
        Which stretches are bold, italic or underlined.
    listed : mapping of int to str, optional
        Positions where lines begin that the format itself puts a ``"bullet"`` or a ``"number"`` before.
    tables : sequence of Span, optional
        Where tables stand, in order and disjoint; a turn that begins in one ends in it.
    """
    stop = len(text) if end is None else end
    options = {normal(label): role for label, role in (speakers or {}).items() if normal(label) and role is not None}
    nobody = frozenset(normal(label) for label, role in (speakers or {}).items() if role is None)
    known = tuple(noise) or tuple(sorted(span for find in NOISE for span in find(text)))
    given = Given(text, stop, options, kind, headings, emphasised, labels, known, formats, listed or {}, nobody)
    return lay_out(replace(given, tables=tuple(tables)))


def lay_out(given: Given) -> Layout:
    """Return how the text of *given* is laid out."""
    for written in (chat_layout, machine_layout):
        if (machine := written(given)) is not None:
            return replace(machine, given=given)
    stamps = find_stamps(given.text, given.noise)
    if stamps:
        given = replace(given, labels=(*given.labels, *stamped_labels(given.text, stamps)))
    layout = _laid_out(replace(given, text=without_stamps(given.text, stamps)) if stamps else given)
    return replace(with_times(given.text, layout, stamps), given=given)


def _laid_out(given: Given) -> Layout:
    text, stop, known = given.text, given.stop, given.noise
    found = [c for c in _outside(candidates(text, stop), known) if c.key not in given.nobody]
    # What the user says of all files matters only where the label stands; in the others it must not change the reading.
    here = {c.key for c in found}
    told = (*given.speakers, *(normal(item.label) for item in given.legend))
    known_to_all = (label for label in here if MACHINE.fullmatch(label))
    sure = frozenset((*(label for label in told if label in here), *map(normal, given.labels), *known_to_all))
    top = read_top(text, stop, [(c.line_start, c.key) for c in found], sure)
    top = with_legends_below(top, text, stop, here)
    found = _outside(found, top.below)
    for recognise in FIRST:
        if (layout := recognise(given, top)) is not None:
            return layout
    return _labelled(given, top, found, sure)


def _labelled(given: Given, top: Top, found: list[Candidate], sure: frozenset[str]) -> Layout:
    """Return the layout of a text whose turns begin with labels, or else what another manner finds in it."""
    text, stop, options = given.text, given.stop, given.speakers
    meanings = {
        **dict.fromkeys(sure, ""),
        **{normal(item.label): item.meaning for item in (*given.legend, *top.legend)},
    }
    kind = given.kind if given.kind is not None else top.kind
    if kind in {Kind.OBSERVATION, Kind.DOCUMENT, Kind.JOURNAL} and not meanings:
        accepted, doubts = role_words_only(found, top)
    else:
        accepted, doubts = accept(text, found, top, meanings)
    if any(name == "things" for name, *_ in doubts):
        return without_turns(given, top, kind, doubts)
    above = top.spans[-1].end if top.spans else 0
    if not accepted and (meanings or options):
        # A legend among the turns explains labels; its lines begin no turn.
        accepted = _outside(other_separators(text, stop, above, {*meanings, *options}), top.below)
    if not accepted and kind in {None, Kind.INTERVIEW, Kind.GROUP}:
        rows = by_rows(text, stop, above) or by_tabs(text, stop, above)
        accepted = [c for c in _outside(rows, top.below) if c.key not in given.nobody]
        if not accepted:
            accepted = [c for c in _outside(by_signs(text, stop, above), top.below) if c.key not in given.nobody]
            doubts = [("signs", c.line_start, {"label": c.label}) for c in accepted[:1]] or doubts
        if not accepted and (accepted := wholly_inline(text, stop, above, found)):
            doubts = [("inside", accepted[1].line_start, {"label": accepted[1].label})]
    accepted = with_figures(text, stop, accepted, [c for c in found if c.line_start >= above])
    if len({c.key for c in accepted}) > 1:
        doubts = [doubt for doubt in doubts if doubt[0] != "alone"]
    if len({c.key for c in accepted}) > 1:
        accepted, inside = with_inline(text, stop, accepted)
        doubts = [*doubts, *(("inside", c.line_start, {"label": c.label}) for c in inside)]
        explained = [item.label for item in (*given.legend, *top.legend)]
        accepted, bare = with_forgotten(text, stop, accepted, start=above, told=explained)
        doubts = [*doubts, *(("forgotten", c.line_start, {"label": c.label}) for c in bare)]
        return divide(given, top, accepted, meanings=meanings, doubts=doubts, kind=kind)
    for recognise in LAST:
        if (layout := recognise(given, top)) is not None:
            return layout
    if accepted:
        return divide(given, top, accepted, meanings=meanings, doubts=doubts, kind=kind)
    return without_turns(given, top, kind, doubts)


def _outside(found: list[Candidate], noise: tuple[Span, ...]) -> list[Candidate]:
    """Return the candidates that do not begin in *noise*."""
    if not noise:
        return found
    starts = [span.start for span in noise]
    return [c for c in found if not (at := bisect_right(starts, c.line_start)) or noise[at - 1].end <= c.line_start]
