"""The tables of the log: sittings, events, effects, payloads, texts and originals, which are never changed."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem

__all__ = [
    "ID",
    "conflict",
    "dead",
    "effect",
    "entity",
    "event",
    "meta",
    "metadata",
    "original",
    "payload",
    "ref",
    "replaces",
    "seen",
    "sitting",
    "text_",
    "tombstone",
]

metadata = MetaData()
ID = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER PRIMARY KEY is SQLite's own row number


def _log(name: str, *columns: SchemaItem, keyed: bool = True) -> Table:
    """Return a table of the log; one without a row number of its own is stored by its key."""
    return Table(name, metadata, *columns, sqlite_with_rowid=keyed)


meta = _log("meta", Column("key", Text, primary_key=True), Column("value", Text, nullable=False), keyed=False)
"""What the file says of itself: `study` (guid, hex) and `sweep` (present while erased bytes may still be in the file)."""

sitting = _log("sitting", Column("id", ID, primary_key=True), Column("guid", LargeBinary, nullable=False, unique=True))

entity = _log(
    "entity",
    Column("id", ID, primary_key=True),
    Column("guid", LargeBinary, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
)
"""Everything with a guid. `kind` is ``?`` for one that is referred to but whose creation has not arrived."""

event = _log(
    "event",
    Column("id", ID, primary_key=True),
    Column("sitting", ID, ForeignKey("sitting.id"), nullable=False),
    Column("seq", ID, nullable=False),
    Column("lamport", ID, nullable=False),
    Column("at", ID, nullable=False),
    Column("coder", ID, ForeignKey("entity.id"), nullable=False),
    Column("round", ID, ForeignKey("entity.id")),
    Column("verb", Text, nullable=False),
    Column("undoes", ID, ForeignKey("event.id")),
    Column("hash", LargeBinary, nullable=False),
    # derived: the last undo or redo that names it is an undo; and it is passed over by replay
    Column("undone", Boolean, nullable=False, server_default=text("0")),
    Column("void", Boolean, nullable=False, server_default=text("0")),
    UniqueConstraint("sitting", "seq"),
    Index("event_lamport", "lamport"),
    Index("event_coder", "coder", "lamport"),
    Index(
        "event_undoes", "undoes", sqlite_where=text("undoes IS NOT NULL"), postgresql_where=text("undoes IS NOT NULL")
    ),
    Index("event_undone", "undone", sqlite_where=text("undone"), postgresql_where=text("undone")),
)

seen = _log(
    "seen",
    Column("event", ID, ForeignKey("event.id"), primary_key=True),
    Column("head", ID, ForeignKey("event.id"), primary_key=True),
    Index("seen_head", "head"),
    keyed=False,
)
"""The last events of other sittings that a sitting's first event had seen."""

effect = _log(
    "effect",
    Column("id", ID, primary_key=True),
    Column("event", ID, ForeignKey("event.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("entity", ID, ForeignKey("entity.id"), nullable=False),
    Column("op", Text, nullable=False),
    Column("registers", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Index("effect_event", "event"),
    Index("effect_entity", "entity"),
    Index("effect_end", "entity", sqlite_where=text("op = 'end'"), postgresql_where=text("op = 'end'")),
)
"""One change of one entity. `op` is new, set or end; `registers` the names it writes, sorted and joined by commas."""

replaces = _log(
    "replaces",
    Column("effect", ID, ForeignKey("effect.id"), primary_key=True),
    Column("replaced", ID, ForeignKey("effect.id"), primary_key=True),
    Index("replaces_replaced", "replaced"),
    keyed=False,
)

ref = _log(
    "ref",
    Column("target", ID, ForeignKey("entity.id"), primary_key=True),
    Column("effect", ID, ForeignKey("effect.id"), primary_key=True),
    Index("ref_effect", "effect"),
    keyed=False,
)
"""What an effect speaks of: the entities it stands on and the informants whose voice it holds."""

payload = _log(
    "payload",
    Column("effect", ID, ForeignKey("effect.id"), primary_key=True),
    Column("format", Integer, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

text_ = _log(
    "text",
    Column("revision", ID, ForeignKey("entity.id"), primary_key=True),
    Column("salt", LargeBinary),
    Column("body", Text, nullable=False),
)
"""The text of a revision. The salt is NULL once a voice in it has been masked."""

original = _log(
    "original",
    Column("revision", ID, ForeignKey("entity.id"), primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""The bytes of the file a revision was read from."""

tombstone = _log("tombstone", Column("what", LargeBinary, primary_key=True), keyed=False)
"""What was erased: a guid of 16 bytes, or an effect as ``sitting/seq/position`` in ASCII."""

dead = _log("dead", Column("id", ID, ForeignKey("entity.id"), primary_key=True))
"""Derived: the entities that the tombstones leave without life."""

conflict = _log(
    "conflict",
    Column("entity", ID, primary_key=True),
    Column("event", ID, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("detail", Text, primary_key=True),
    keyed=False,
)
"""Derived: what two changes disagree about. `entity` or `event` is 0 where the other is meant; `detail` is JSON."""
