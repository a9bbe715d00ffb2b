"""Undecided marks of a machine by code: those outside informants' words apart, so that sums and matrix agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcode.analysis import PendingCount
from qualcode.errors import N_
from qualcode.reports.blocks import Block, Paragraph
from qualcode.reports.section import Context


def marked(
    context: Context, counts: Sequence[PendingCount], name: str
) -> tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]:
    """Return the columns and, by code, their figures: one column called *name*, or two where marks stand in nobody's words."""
    _ = context.words
    if not any(c.outside for c in counts):
        return (name,), {c.code: (_.number(c.suggestions),) for c in counts}
    return (
        (_("In informants' words"), _("Outside informants' words")),
        {c.code: (_.number(c.suggestions - c.outside), _.number(c.outside)) for c in counts},
    )


def outside(context: Context, counts: Sequence[PendingCount]) -> list[Block]:
    """Return the sentence on marks in nobody's words, where there are any."""
    if not any(c.outside for c in counts):
        return []
    said = N_("Marks outside informants' words, as in field notes, stand in nobody's row of the matrix.")
    return [Paragraph(context.words(said), "note")]
