"""From what a person points at to a span."""

from __future__ import annotations

import re

from qualcode.errors import N_, InputError, shorten
from qualcode.model import Span, Transcript

__all__ = ["locate"]


def locate(
    transcript: Transcript, *, turn: int | None = None, quote: str | None = None, span: Span | None = None
) -> Span:
    """Return the span meant by a turn number (from 1), a quote within it or within the transcript, or a span itself.

    White space in a quote may differ from the transcript's; everything else must be exact.

    Raises
    ------
    InputError
        If nothing is named, the turn or the words are not there, the words stand there more than once, or the span leaves the
        text.
    """
    if span is not None:
        if span.end > len(transcript.text):
            raise InputError(
                N_("{transcript} ends at {end}, before position {position}"),
                transcript=transcript.name,
                end=len(transcript.text),
                position=span.end,
            )
        return span
    within = transcript.turn(turn).span if turn is not None else None
    words = (quote or "").split()
    if not words:
        if within is None:
            raise InputError(
                N_("name the passage in {transcript}: a turn, a quote or a span"), transcript=transcript.name
            )
        return within
    start, end = (within.start, within.end) if within is not None else (0, len(transcript.text))
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words))
    found = [match.span() for match in pattern.finditer(transcript.text, start, end)]
    if len(found) == 1:
        return Span(*found[0])
    where = f"{transcript.name}:{turn}" if turn is not None else transcript.name
    if not found:
        elsewhere = pattern.search(transcript.text)
        number = transcript.turn_at(elsewhere.start()) if elsewhere is not None else None
        raise InputError(
            N_("these words do not stand in {where}: {quote!r}"),
            hint=N_("they stand in turn {number}") if number else N_("copy them from the transcript exactly"),
            where=where,
            quote=shorten(quote or ""),
            number=number,
        )
    raise InputError(
        N_("these words stand {n} times in {where}: {quote!r}"),
        hint=N_("name the turn, or give more words"),
        where=where,
        quote=shorten(quote or ""),
        n=len(found),
    )
