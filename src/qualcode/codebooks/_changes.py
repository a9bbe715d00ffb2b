"""What is different between two codebooks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Literal

from qualcode.model import Code, Codebook, Family

__all__ = ["Change", "diff"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    `subject` tells what changed, `key` which one (empty for the codebook itself, the macro's name for a macro). For *changed*, `field` is the
    field and `before` and `after` its values; for *renamed* they are the keys.
    """

    kind: Literal["added", "removed", "renamed", "changed", "moved"]
    subject: Literal["codebook", "family", "macro", "code"]
    key: str
    field: str = ""
    before: object = None
    after: object = None


def diff(old: Codebook, new: Codebook) -> tuple[Change, ...]:
    """Return what changed from *old* to *new*: the codebook's own fields, families, macros, then codes in their new order.

    A code is the same if its guid is, or its key. Equal codebooks have no changes.
    """
    return tuple(_changes(old, new))


def _changes(old: Codebook, new: Codebook) -> Iterator[Change]:
    for name in ("name", "title", "title_en", "version", "language", "description", "sources"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change("changed", "codebook", "", name, before, after)
    before_families = {family.key: family for family in old.families}
    for family in new.families:
        if family.key not in before_families:
            yield Change("added", "family", family.key)
        else:
            yield from _fields(before_families[family.key], family, "family")
    kept = {family.key for family in new.families}
    yield from (Change("removed", "family", key) for key in before_families if key not in kept)
    for macro in {**old.macros, **new.macros}:
        before, after = old.macros.get(macro), new.macros.get(macro)
        if before != after:
            kind: Literal["added", "removed", "changed"] = (
                "added" if before is None else "removed" if after is None else "changed"
            )
            yield Change(kind, "macro", macro, "", before, after)
    yield from _codes(old, new)


def _codes(old: Codebook, new: Codebook) -> Iterator[Change]:
    by_key = {code.key: code for code in old.codes}
    by_guid = {code.guid: code for code in old.codes if code.guid}
    met: set[str] = set()
    for code in new.codes:
        earlier = by_guid.get(code.guid) or by_key.get(code.key)
        if earlier is None or earlier.key in met:
            yield Change("added", "code", code.key)
            continue
        met.add(earlier.key)
        if earlier.key != code.key:
            yield Change("renamed", "code", code.key, "key", earlier.key, code.key)
        yield from _fields(earlier, code, "code")
    yield from (Change("removed", "code", key) for key in by_key if key not in met)
    if {c.key for c in old.codes} == {c.key for c in new.codes}:
        order = {code.key: number for number, code in enumerate(old.codes, 1)}
        for number, code in enumerate(new.codes, 1):
            if order[code.key] != number:
                yield Change("moved", "code", code.key, "", order[code.key], number)


def _fields(old: Code | Family, new: Code | Family, subject: Literal["code", "family"]) -> Iterator[Change]:
    for item in fields(new):
        before, after = getattr(old, item.name), getattr(new, item.name)
        if item.name not in {"key", "guid"} and before != after:
            yield Change("changed", subject, new.key, item.name, before, after)
