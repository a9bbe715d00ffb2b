"""The hash chain of a sitting: what it covers, and how."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from qualcode.store.payloads import canonical

__all__ = ["EffectHeader", "EventHeader", "chain"]


class EffectHeader(NamedTuple):
    """What the chain keeps of an effect: everything but its contents, which may be erased; those by their salted digest."""

    kind: str
    guid: str
    op: str
    registers: str
    replaces: tuple[str, ...]
    refs: tuple[str, ...]
    digest: bytes


class EventHeader(NamedTuple):
    """What the chain keeps of an event. Lists are sorted; names are lasting ones, never private ids."""

    sitting: str
    seq: int
    lamport: int
    at: int
    coder: str
    round: str | None
    verb: str
    undoes: str | None
    seen: tuple[str, ...]
    effects: tuple[EffectHeader, ...]


def chain(before: bytes, header: EventHeader) -> bytes:
    """Return the hash of the event with *header* that follows the hash *before* (32 zero bytes at a sitting's beginning)."""
    effects = [[*effect[:-1], effect.digest.hex()] for effect in header.effects]
    return hashlib.sha256(before + canonical([*header[:-1], effects]).encode()).digest()
