"""The tables of a study file.

The *log* is the source of truth: sittings, events, effects, payloads, texts and originals. The *projection* (one table a
kind) is a function of the set of events and can be rebuilt from it at any time. Integer ids are private to one file; guids
(16 bytes) are what the log, merges and other programs use. Times are microseconds since 1970, UTC. Positions are code points.

Projection columns may be NULL wherever an erased payload can leave nothing.
"""

from __future__ import annotations

from qualcode.store.log_tables import (
    conflict,
    dead,
    effect,
    entity,
    event,
    meta,
    metadata,
    original,
    payload,
    ref,
    replaces,
    seen,
    sitting,
    text_,
    tombstone,
)
from qualcode.store.projection_tables import (
    KIND_TABLES,
    code,
    codebook,
    coder,
    coding,
    decision,
    informant,
    kept,
    memo,
    question,
    question_link,
    quote,
    reading,
    relation,
    research_question,
    revision,
    round_,
    rule_decision,
    sharing,
    study,
    suggestion,
    theme,
    transcript,
)

__all__ = [
    "KIND_TABLES",
    "code",
    "codebook",
    "coder",
    "coding",
    "conflict",
    "dead",
    "decision",
    "effect",
    "entity",
    "event",
    "informant",
    "kept",
    "memo",
    "meta",
    "metadata",
    "original",
    "payload",
    "question",
    "question_link",
    "quote",
    "reading",
    "ref",
    "relation",
    "replaces",
    "research_question",
    "revision",
    "round_",
    "rule_decision",
    "seen",
    "sharing",
    "sitting",
    "study",
    "suggestion",
    "text_",
    "theme",
    "tombstone",
    "transcript",
]
