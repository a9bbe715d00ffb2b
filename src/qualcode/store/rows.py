"""How each kind's registers become the columns of its projection table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

from sqlalchemy import Connection, select

from qualcode.store import schema as s
from qualcode.store.facts import Fact
from qualcode.store.payloads import canonical

__all__ = ["SPECS", "Ids", "Spec", "Values"]

Values = Mapping[str, object]
"""The value shown of each register that an entity has; None where it is erased."""


class Ids:
    """The private ids of guids, looked up in bulk and remembered."""

    def __init__(self, connection: Connection, known: Mapping[str, int] | None = None) -> None:
        self._connection = connection
        self._known = dict(known or {})

    def look_up(self, guids: Iterable[str]) -> None:
        """Learn the ids of *guids* in as few queries as it takes."""
        wanted = [bytes.fromhex(guid) for guid in set(guids) if guid not in self._known]
        e = s.entity.c
        for start in range(0, len(wanted), 500):
            for id_, guid in self._connection.execute(
                select(e.id, e.guid).where(e.guid.in_(wanted[start : start + 500]))
            ):
                self._known[guid.hex()] = id_

    def __getitem__(self, guid: object) -> int | None:
        return self._known.get(guid) if isinstance(guid, str) else None


@dataclass(frozen=True, slots=True)
class Spec:
    """The registers of one kind and the columns they fill.

    `plain` registers are stored as they are under their own name; `lists` as JSON; `ids` (register → column) as private ids of guids;
    `families` (prefix → column) gather the registers that begin with a prefix into a JSON object. `made` tells whether coder, round
    and time of creation are columns too.
    """

    plain: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    placed: bool = False
    made: bool = False
    dated: bool = False
    special: Callable[[dict[str, object], Values, Ids], None] | None = None

    def guids(self, values: Values) -> Iterable[str]:
        """Yield the guids among *values* that the row needs the ids of."""
        for register in self.ids:
            value = values.get(register)
            if isinstance(value, str) and value:
                yield value
        if self.placed and (place := values.get("place")):
            yield cast("list[str]", place)[0]
        if self.special is _masked:
            for register in ("masked", "stayed"):
                if pointer := values.get(register):
                    yield cast("list[str]", pointer)[0]
        if self.special is _status and isinstance(status := values.get("status"), list):
            yield cast("str", status[1])
        if self.made:
            for register in ("coder", "round"):
                if value := values.get(register):
                    yield cast("str", value)

    def row(self, entity: int, values: Values, birth: Fact | None, ids: Ids) -> dict[str, object]:
        """Return the projection row; `transcript` is filled in by the caller for what is placed."""
        row: dict[str, object] = {"id": entity}
        for register in self.plain:
            row[self.renamed.get(register, register)] = values.get(register)
        for register in self.lists:
            value = values.get(register)
            row[register] = None if value is None else canonical(value)
        for register, column in self.ids.items():
            row[column] = ids[values.get(register)]
        for prefix, column in self.families.items():
            members = {name[len(prefix) :]: v for name, v in values.items() if name.startswith(prefix)}
            if prefix in {"identity.", "generalise."}:  # a field made empty is one taken out
                members = {name: v for name, v in members.items() if v}
            row[column] = canonical(members)
        if self.placed:
            place = cast("list[object]", values.get("place") or [None, None, None])
            row.update(revision=ids[place[0]], transcript=None, start=place[1], end=place[2])
        if birth is None:
            raise ValueError("what was never made has no row")
        if self.made:
            row["coder"] = ids[values["coder"]] if values.get("coder") else birth.coder
            row["round"] = ids[values["round"]] if values.get("round") else birth.round
            row["at"] = values["at"] if values.get("at") is not None else birth.at
        elif self.dated:
            row["at"] = birth.at
        if self.special is not None:
            self.special(row, values, ids)
        return row


def _status(row: dict[str, object], values: Values, ids: Ids) -> None:
    """Tell a code merged into another (``["merged", guid]``) from the plain states."""
    status = values.get("status")
    merged = isinstance(status, list)
    row["status"] = "merged" if merged else status
    row["merged_into"] = ids[cast("list[object]", status)[1]] if merged else None
    row.update(shown_key=None, shown_parent=None, resolved=None)


def _suggested(row: dict[str, object], values: Values, ids: Ids) -> None:
    """Keep the suggestion's guid as it is: suggestions are not entities."""
    guid = values.get("suggestion")
    row["suggestion"] = bytes.fromhex(cast("str", guid)) if guid else None


def _flags(row: dict[str, object], values: Values, ids: Ids) -> None:
    """Store only what is marked: most codings carry neither stance nor memo."""
    row["uncertain"] = bool(values.get("uncertain"))


def _members(row: dict[str, object], values: Values, ids: Ids) -> None:
    """Gather the codings a relation rests on, one register each."""
    row["codings"] = canonical(sorted(name[7:] for name, on in values.items() if name.startswith("coding.") and on))


def _masked(row: dict[str, object], values: Values, ids: Ids) -> None:
    """Say in whose place the revision stands no longer: where names were masked, or where it was made from a text that was masked since."""
    pointer = values.get("masked")
    if pointer is None and values.get("transcript") is None and (stayed := values.get("stayed")):
        prior, blocks = cast("list[object]", stayed)
        pointer = [prior, [[new, old, length] for old, new, length in cast("list[list[int]]", blocks)]]
    into, blocks = cast("list[object]", pointer or [None, None])
    row["masked_into"] = ids[into]
    row["blocks"] = None if blocks is None else canonical(blocks)


SPECS: dict[str, Spec] = {
    "study": Spec(
        ("title", "approach", "informant_label", "segmenter", "simulated"),
        families={"identity.": "identity", "generalise.": "generalise"},
    ),
    "coder": Spec(("id", "name"), renamed={"id": "short"}, dated=True),
    "round": Spec(("name", "blind", "closed"), dated=True),
    "codebook": Spec(
        ("name", "title", "title_en", "version", "language", "description"), lists=("sources", "families", "macros")
    ),
    "code": Spec(
        ("key", "name", "name_en", "definition", "include", "exclude", "family", "colour", "origin", "stage", "place"),
        lists=("examples", "near_misses", "keywords"),
        ids={"parent": "parent"},
        dated=True,
        special=_status,
    ),
    "informant": Spec(
        ("id", "category"),
        families={"attribute.": "attributes", "consent.": "consent"},
        renamed={"id": "short"},
        dated=True,
    ),
    "transcript": Spec(
        ("name", "kind", "language"), lists=("informants", "metadata"), ids={"current": "current"}, dated=True
    ),
    "revision": Spec(
        ("filename",),
        lists=("turns", "times", "replaced"),
        ids={"transcript": "transcript", "prior": "prior"},
        families={"speaker.": "speakers"},
        dated=True,
        special=_masked,
    ),
    "coding": Spec(
        ("version", "origin", "stance", "elicited", "memo"),
        ids={"code": "code"},
        placed=True,
        made=True,
        special=_flags,
    ),
    "reading": Spec(placed=True, made=True),
    "memo": Spec(("kind", "text"), ids={"about": "about", "code": "code"}, made=True),
    "decision": Spec(
        ("verdict", "recipe", "score", "evidence", "seconds", "blind"),
        ids={"code": "code", "corrected": "corrected"},
        placed=True,
        made=True,
        special=_suggested,
    ),
    "rule_decision": Spec(("rule", "verdict", "shown"), ids={"code": "code"}, made=True),
    "quote": Spec(("chosen", "printable", "translation", "translator", "checked"), ids={"coding": "coding"}),
    "relation": Spec(
        ("kind", "worked", "memo"),
        ids={"source": "source", "target": "target", "informant": "informant"},
        dated=True,
        special=_members,
    ),
    "theme": Spec(("statement", "memo"), lists=("codes",), dated=True),
    "research_question": Spec(("number", "text"), dated=True),
    "question": Spec(
        ("number", "text", "aspect"), lists=("codes",), ids={"research_question": "research_question"}, dated=True
    ),
    "question_link": Spec(lists=("questions",), placed=True, made=True),
    "kept": Spec(("kind", "word"), placed=True, made=True),
    "sharing": Spec(("what", "name"), lists=("allowed",), made=True),
}
