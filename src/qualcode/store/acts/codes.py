"""Single codes: adding, editing, renaming, moving, retiring, merging, splitting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from sqlalchemy import func, select

from qualcode.errors import N_, ConflictError, InputError
from qualcode.model import Code
from qualcode.store import schema as s
from qualcode.store.acts._ground import Codes, Ground, changed
from qualcode.store.acts.codebook import _present, structure_of, texts_of
from qualcode.store.effects import By, Effect, EventRef, new_guid
from qualcode.store.log import Log, Writer

__all__ = [
    "accept_group",
    "activate",
    "add_code",
    "edit_code",
    "group",
    "merge_codes",
    "move",
    "rekey",
    "retire",
    "split",
]

WORDS = frozenset({"name", "name_en", "definition", "include", "exclude", "examples", "near_misses"})
EDITABLE = WORDS | {"family", "colour", "origin", "stage", "keywords", "place"}


def add_code(log: Log, by: By, code: Code, *, voices: Sequence[str] = ()) -> str:
    """Add *code* at the end of the codebook; return its guid.

    *voices* are the guids of informants whose words its texts quote (an in-vivo name, an example): these are erased with them.

    Raises
    ------
    ConflictError
        If the key is in use.
    NotFoundError
        If its parent is not in the codebook.
    """
    with log.writing(by) as writer:
        guid, effects = _added(writer, code, voices)
        writer.record("code", effects)
    return guid


def accept_group(log: Log, by: By, code: Code, memo: str, *, voices: Sequence[str]) -> str:
    """Add *code*, made of a group of words, with a *memo* on it that says of which; in one event; return the code's guid.

    *voices* are the guids of those who said the words: the memo is erased with them, the code stays.

    Raises
    ------
    ConflictError
        If the key is in use.
    NotFoundError
        If its parent is not in the codebook.
    """
    with log.writing(by) as writer:
        guid, effects = _added(writer, code, ())
        about = {"text": memo, "kind": "note", "about": guid}
        writer.record("accept group", [*effects, Effect("new", "memo", new_guid(), about, (guid, *voices))])
    return guid


def _added(writer: Writer, code: Code, voices: Sequence[str]) -> tuple[str, list[Effect]]:
    """Return the guid of *code* and the effects that add it at the end of the codebook."""
    codes = Codes(writer.connection)
    codes.require_free(code.key)
    parent = codes[code.parent].guid if code.parent else None
    guid = code.guid or new_guid()
    return guid, list(_new_code(code, guid, parent, _last_place(writer) + 1, voices))


def edit_code(
    log: Log, by: By, code: str, values: Mapping[str, object], *, voices: Sequence[str] = ()
) -> EventRef | None:
    """Change registers of *code* (guid or key): the fields of `Code` but key, parent, guid and active; return the event, if any.

    Raises
    ------
    NotFoundError
        If there is no such code.
    InputError
        If a field is not one of a code's.
    """
    for name in values:
        if name not in EDITABLE:
            raise InputError(N_("a code has no field {name!r} that can be edited"), name=name)
    given = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    with log.writing(by) as writer:
        guid = Codes(writer.connection)[code].guid
        new = changed(_present(writer.connection)[guid], given)
        parts = [
            ({n: v for n, v in new.items() if (n in WORDS) == words}, voices if words else ())
            for words in (False, True)
        ]
        effects = [Effect("set", "code", guid, part, tuple(refs)) for part, refs in parts if part]
        return writer.record("edit code", effects) if effects else None


def rekey(log: Log, by: By, code: str, key: str) -> EventRef | None:
    """Give *code* (guid or key) another *key*.

    Raises
    ------
    ConflictError
        If the key is in use.
    InputError
        If it is not a key.
    """
    Code(key)  # says what a key is
    with log.writing(by) as writer:
        codes = Codes(writer.connection)
        found = codes[code]
        if found.key == key:
            return None
        codes.require_free(key)
        return writer.record("rekey", [Effect("set", "code", found.guid, {"key": key})])


def move(log: Log, by: By, code: str, parent: str | None, *, place: float | None = None) -> EventRef | None:
    """Put *code* under *parent* (guids or keys; None: at the top), and at *place* in the codebook's order where given.

    Raises
    ------
    ConflictError
        If *parent* is the code itself or under it.
    """
    with log.writing(by) as writer:
        codes = Codes(writer.connection)
        found, above = codes[code], codes[parent] if parent else None
        present = _present(writer.connection)
        _refuse_ring(writer, found, above)
        new: dict[str, object] = {"parent": above.guid if above else None}
        if place is not None:
            new["place"] = float(place)
        values = changed(present[found.guid], new)
        refs = (above.guid,) if above and "parent" in values else ()
        return writer.record("move", [Effect("set", "code", found.guid, values, refs)]) if values else None


def group(log: Log, by: By, codes: Sequence[str], into: Code | str) -> str:
    """Put *codes* (guids or keys) under one code, which is made where *into* is a `Code`; in one event; return its guid.

    Raises
    ------
    ConflictError
        If the key of the new code is in use, or a code would stand under itself.
    NotFoundError
        If one of them is not in the codebook.
    """
    with log.writing(by) as writer:
        known = Codes(writer.connection)
        present = _present(writer.connection)
        effects: list[Effect] = []
        above = None
        if isinstance(into, Code):
            known.require_free(into.key)
            guid = into.guid or new_guid()
            parent = known[into.parent].guid if into.parent else None
            effects += _new_code(into, guid, parent, _last_place(writer) + 1, ())
        else:
            above = known[into]
            guid = above.guid
        for name in codes:
            found = known[name]
            if above is not None:
                _refuse_ring(writer, found, above)
            if present[found.guid]["parent"] != guid:
                effects.append(Effect("set", "code", found.guid, {"parent": guid}, (guid,)))
        if effects:
            writer.record("group codes", effects)
    return guid


def retire(log: Log, by: By, code: str) -> EventRef | None:
    """Take *code* (guid or key) out of use; its codings stay."""
    return _set_status(log, by, code, "inactive", "retire")


def activate(log: Log, by: By, code: str) -> EventRef | None:
    """Put *code* (guid or key) in use, also one that was merged away or split."""
    return _set_status(log, by, code, "active", "activate")


def merge_codes(log: Log, by: By, code: str, into: str) -> EventRef:
    """Let *code* count as *into* (guids or keys): a pointer; no coding is changed, and undo gives all of them back.

    Raises
    ------
    ConflictError
        If either was merged or split already, or both are one.
    """
    with log.writing(by) as writer:
        codes = Codes(writer.connection)
        first, second = codes.usable(code), codes.usable(into)
        if first.guid == second.guid:
            raise ConflictError(N_("a code cannot be merged into itself: {key!r}"), key=first.key)
        return writer.record(
            "merge codes", [Effect("set", "code", first.guid, {"status": ["merged", second.guid]}, (second.guid,))]
        )


def split(log: Log, by: By, code: str, into: Sequence[Code], codings: Mapping[str, str]) -> tuple[str, ...]:
    """Split *code* (guid or key): add the codes *into*, give each coding its new key, set the code aside, in one event; return the guids.

    Parameters
    ----------
    codings : mapping of coding guid to the key of one of *into*
        A coding of the code that is not in it keeps the code.

    Raises
    ------
    ConflictError
        If a key is in use, or the code was merged away or split.
    """
    with log.writing(by) as writer:
        codes = Codes(writer.connection)
        old = codes.usable(code)
        guids = {new.key: new.guid or new_guid() for new in into}
        effects: list[Effect] = []
        for number, new in enumerate(into):
            codes.require_free(new.key)
            parent = codes[new.parent].guid if new.parent else None
            effects += _new_code(new, guids[new.key], parent, _last_place(writer) + 1 + number, ())
        for coding, key in codings.items():
            if key not in guids:
                raise InputError(
                    N_("code {key!r} is not one of those that {old!r} is split into"), key=key, old=old.key
                )
            effects.append(Effect("set", "coding", coding, {"code": guids[key]}, (guids[key],)))
        effects.append(Effect("set", "code", old.guid, {"status": "split"}))
        writer.record("split", effects)
    return tuple(guids.values())


def _new_code(code: Code, guid: str, parent: str | None, place: float, voices: Sequence[str]) -> list[Effect]:
    """Return the effects that add a code: where it stands, and its words in an effect of their own."""
    structure = structure_of(code, parent, place) | {"status": "active" if code.active else "inactive"}
    return [
        Effect("new", "code", guid, structure, (parent,) if parent else ()),
        Effect("set", "code", guid, texts_of(code), tuple(voices)),
    ]


def _last_place(writer: Writer) -> float:
    found = writer.connection.execute(select(func.max(s.code.c.place))).scalar()
    return -1.0 if found is None else float(found)


def _refuse_ring(writer: Writer, code: Ground, above: Ground | None) -> None:
    """Refuse a parent that is the code itself or stands under it, also by a pointer that waits because of a ring."""
    up = {row.id: {row.parent, row.shown_parent} - {None} for row in writer.connection.execute(select(s.code))}
    todo, met = ([above.id] if above else []), set[int]()
    while todo:
        at = todo.pop()
        if at == code.id:
            raise ConflictError(N_("code {key!r} cannot stand under itself"), key=code.key)
        if at not in met:
            met.add(at)
            todo += cast("set[int]", up.get(at, set()))


def _set_status(log: Log, by: By, code: str, status: str, verb: str) -> EventRef | None:
    with log.writing(by) as writer:
        found = Codes(writer.connection)[code]
        return (
            None
            if found.status == status
            else writer.record(verb, [Effect("set", "code", found.guid, {"status": status})])
        )
