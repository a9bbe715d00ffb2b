"""Suggestions: derived from text and a recipe, so kept in a table of their own and not in the log. They are never codings."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, delete, func, insert, select

from qualcode.model import Evidence, Span, Suggestion
from qualcode.store import schema as s
from qualcode.store.acts._ground import Codes
from qualcode.store.payloads import canonical
from qualcode.store.rows import Ids

__all__ = ["clear_suggestions", "pack_evidence", "put_suggestions", "read_suggestions", "unpack_evidence"]


def put_suggestions(connection: Connection, recipe: str, suggestions: Sequence[Suggestion]) -> int:
    """Replace what *recipe* suggested by *suggestions*, in the transaction of *connection*; return how many there are.

    Those on a transcript or revision that is no longer in the study are left out: the text they were made from is gone.

    Raises
    ------
    NotFoundError
        If a code is not in the codebook.
    """
    clear_suggestions(connection, recipe)
    codes, ids = Codes(connection), Ids(connection)
    ids.look_up(guid for suggestion in suggestions for guid in (suggestion.transcript, suggestion.revision))
    known = set(connection.execute(select(s.revision.c.id)).scalars())
    first = (connection.execute(select(func.max(s.suggestion.c.id))).scalar() or 0) + 1
    rows: list[dict[str, object]] = []
    for suggestion in {suggestion.guid: suggestion for suggestion in suggestions}.values():
        if ids[suggestion.revision] not in known:
            continue
        rows.append(
            {
                "id": first + len(rows),
                "guid": bytes.fromhex(suggestion.guid),
                "recipe": recipe,
                "revision": ids[suggestion.revision],
                "transcript": ids[suggestion.transcript],
                "start": suggestion.span.start,
                "end": suggestion.span.end,
                "code": codes[suggestion.code].id,
                "score": None if math.isnan(suggestion.score) else suggestion.score,
                "evidence": pack_evidence(suggestion.evidence),
            }
        )
    if rows:
        connection.execute(insert(s.suggestion), rows)
    return len(rows)


def clear_suggestions(connection: Connection, recipe: str | None = None) -> None:
    """Forget what *recipe* suggested, or all suggestions."""
    query = delete(s.suggestion)
    connection.execute(query if recipe is None else query.where(s.suggestion.c.recipe == recipe))


def read_suggestions(
    connection: Connection, *, recipe: str | None = None, code: str | None = None
) -> tuple[Suggestion, ...]:
    """Return the suggestions of *recipe* and *code* (guid or key), each where given, best first; equal scores in order of speech.

    Only those on the text a transcript now has: `quote` is that text.
    """
    transcript, revision, t = s.entity.alias("t"), s.entity.alias("r"), s.suggestion.c
    shown = s.code.alias("shown")
    body = func.substr(s.text_.c.body, t.start + 1, t.end - t.start)
    query = (
        select(
            t.guid,
            transcript.c.guid,
            revision.c.guid,
            t.start,
            t.end,
            shown.c.shown_key,
            t.recipe,
            t.score,
            t.evidence,
            body,
        )
        .join_from(
            s.suggestion, s.transcript, (s.transcript.c.id == t.transcript) & (s.transcript.c.current == t.revision)
        )
        .join(transcript, transcript.c.id == t.transcript)
        .join(revision, revision.c.id == t.revision)
        .join(s.text_, s.text_.c.revision == t.revision)
        .join(s.code, s.code.c.id == t.code)
        .join(shown, shown.c.id == s.code.c.resolved)
        .order_by(t.score.desc(), s.transcript.c.name, t.start, t.end, t.guid)
    )
    if recipe is not None:
        query = query.where(t.recipe == recipe)
    if code is not None:
        query = query.where(t.code == Codes(connection)[code].id)
    return tuple(
        Suggestion(
            guid.hex(), of.hex(), text.hex(), Span(start, end), key, name, math.nan if score is None else score,
            unpack_evidence(evidence), quote,
        )
        for guid, of, text, start, end, key, name, score, evidence, quote in connection.execute(query)
    )  # fmt: skip


def pack_evidence(evidence: Sequence[Evidence]) -> str:
    """Return *evidence* as JSON objects with the fields of `Evidence`; a span is [start, end]."""
    return canonical([asdict(one) | {"span": [one.span.start, one.span.end] if one.span else None} for one in evidence])


def unpack_evidence(stored: str) -> tuple[Evidence, ...]:
    """Return the evidence in *stored* JSON."""
    return tuple(Evidence(**{**one, "span": Span(*one["span"]) if one["span"] else None}) for one in json.loads(stored))
