"""What is recorded: effects on entities, who made them, and the texts and originals that come with them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Literal, NamedTuple
from uuid import uuid4

__all__ = [
    "FREE_TEXT",
    "MASKING",
    "NOT_UNDONE",
    "NO_WORDS",
    "OWNED",
    "PLACED",
    "SEARCHED",
    "By",
    "Effect",
    "EventRef",
    "FixedOriginal",
    "FixedText",
    "Op",
    "from_micros",
    "micros",
    "new_guid",
]

Op = Literal["new", "set", "end"]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EMPTY: Mapping[str, object] = MappingProxyType({})

OWNED = frozenset({"coding", "memo", "reading", "decision", "revision", "quote", "relation", "question_link", "kept"})
"""Kinds that die with anything their creation refers to; of other kinds only the single effects die."""

PLACED = frozenset({"coding", "reading", "decision", "question_link", "kept"})
"""Kinds that stand somewhere in a text."""

FREE_TEXT = frozenset(
    {
        "memo",
        "code",
        "codebook",
        "decision",
        "rule_decision",
        "coding",
        "quote",
        "relation",
        "theme",
        "study",
        "question",
        "research_question",
        "kept",
        "sharing",
    }
)
"""Kinds whose payload may hold words that speak of a person without being tagged with them."""

SEARCHED = FREE_TEXT | {"transcript", "revision", "informant"}
"""Kinds that are searched for mentions of someone who withdraws: file names and header fields too."""

NOT_UNDONE = frozenset({"erase", "create", "coder", "share"})
"""Verbs that undo passes over: erasing is for good, who works on the study is no act of coding, and what went out is out."""

NO_WORDS = frozenset(
    {
        "version",
        "origin",
        "stance",
        "elicited",
        "kind",
        "verdict",
        "blind",
        "recipe",
        "stage",
        "status",
        "language",
        "colour",
    }
)
"""Registers whose texts are from a list, not written by anyone."""

MASKING = "mask"
"""The verb of masking: undo stops at it, for the text that was masked is in no file any more."""


def new_guid() -> str:
    """Return a fresh guid as 32 hex digits."""
    return uuid4().hex


def micros(at: datetime) -> int:
    """Return *at* as microseconds since 1970, UTC."""
    return (at - EPOCH) // timedelta(microseconds=1)


def from_micros(at: int) -> datetime:
    """Return the moment *at* microseconds after 1970, UTC."""
    return EPOCH + timedelta(microseconds=at)


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, when, and in which round. `coder` and `round` are guids; `round` may be empty."""

    coder: str
    at: datetime
    round: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """One change of one entity.

    `values` holds only what the effect writes, register by register. `refs` names the entities it stands on and the
    informants whose voice it holds, by guid: undo and erasing go by them.
    """

    op: Op
    kind: str
    guid: str
    values: Mapping[str, object] = field(default_factory=lambda: EMPTY)
    refs: tuple[str, ...] = ()


class EventRef(NamedTuple):
    """The lasting name of an event: its sitting's guid and its number in it."""

    sitting: str
    seq: int

    def __str__(self) -> str:
        return f"{self.sitting}/{self.seq}"


@dataclass(frozen=True, slots=True)
class FixedText:
    """The text of a revision, with the salt that keeps its digest from giving short text back by guessing."""

    revision: str
    body: str
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def digest(self) -> str:
        """The salted SHA-256 of the UTF-8 text, in hex, as the revision's payload keeps it."""
        return hashlib.sha256(self.salt + self.body.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class FixedOriginal:
    """The bytes a revision was read from, with their salt."""

    revision: str
    body: bytes
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def digest(self) -> str:
        """The salted SHA-256 of the bytes, in hex."""
        return hashlib.sha256(self.salt + self.body).hexdigest()
