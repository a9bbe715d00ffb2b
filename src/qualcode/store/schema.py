"""The tables of a study file.

The *log* is the source of truth: sittings, events, effects, payloads, texts and originals. The *projection* (one table a
kind) is a function of the set of events and can be rebuilt from it at any time. Integer ids are private to one file; guids
(16 bytes) are what the log, merges and other programs use. Times are microseconds since 1970, UTC. Positions are code points.

Projection columns may be NULL wherever an erased payload can leave nothing.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
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
    "seen",
    "sitting",
    "study",
    "suggestion",
    "text_",
    "theme",
    "tombstone",
    "transcript",
]

metadata = MetaData()
ID = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER PRIMARY KEY is SQLite's own row number


def _log(name: str, *columns: SchemaItem, keyed: bool = True) -> Table:
    """Return a table of the log; one without a row number of its own is stored by its key."""
    return Table(name, metadata, *columns, sqlite_with_rowid=keyed)


# ---- the log ---------------------------------------------------------------------------------------------------------

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


# ---- the projection --------------------------------------------------------------------------------------------------


def _made() -> tuple[Column[int], ...]:
    """Return the columns that say who made an entity, in which round and when."""
    return Column("coder", ID), Column("round", ID), Column("at", ID)


def _place() -> tuple[Column[int], ...]:
    """Return the columns that say where in which text."""
    return Column("revision", ID), Column("transcript", ID), Column("start", ID), Column("end", ID)


def _state(name: str, *columns: SchemaItem) -> Table:
    """Return a projection table, keyed by the entity's private id."""
    return Table(name, metadata, Column("id", ID, primary_key=True, autoincrement=False), *columns)


study = _state(
    "study",
    Column("title", Text),
    Column("approach", Text),
    Column("informant_label", Text),
    Column("segmenter", Text),
    Column("simulated", Boolean),
    Column("identity", Text),  # JSON object
)

coder = _state("coder", Column("short", Text), Column("name", Text), Column("at", ID))
"""`short` is `Coder.id`, the short name used everywhere."""

round_ = _state("round", Column("name", Text), Column("blind", Boolean), Column("closed", Boolean), Column("at", ID))

codebook = _state(
    "codebook",
    Column("name", Text),
    Column("title", Text),
    Column("title_en", Text),
    Column("version", Text),
    Column("language", Text),
    Column("description", Text),
    Column("sources", Text),  # JSON array of strings
    Column("families", Text),  # JSON array of objects
    Column("macros", Text),  # JSON object
)

code = _state(
    "code",
    Column("key", Text),
    Column("name", Text),
    Column("name_en", Text),
    Column("definition", Text),
    Column("include", Text),
    Column("exclude", Text),
    Column("examples", Text),  # JSON arrays of strings
    Column("near_misses", Text),
    Column("keywords", Text),
    Column("family", Text),
    Column("colour", Text),
    Column("origin", Text),
    Column("place", Float),  # order in the codebook
    Column("status", Text),  # active, inactive, split or merged
    Column("parent", ID),  # as written; `shown_parent` is without rings
    Column("merged_into", ID),
    Column("shown_key", Text),
    Column("shown_parent", ID),
    Column("resolved", ID),  # the code its codings count for: itself unless merged away
    Column("at", ID),
    Column("stage", Text),  # open, axial, selective
    Index("code_shown_key", "shown_key"),
)

informant = _state(
    "informant",
    Column("short", Text),  # Informant.id
    Column("category", Text),
    Column("attributes", Text),  # JSON object
    Column("at", ID),
    Index("informant_short", "short"),
)

transcript = _state(
    "transcript",
    Column("name", Text),
    Column("kind", Text),
    Column("language", Text),
    Column("current", ID),
    Column("informants", Text),  # JSON array of guids
    Column("metadata", Text),  # JSON object
    Column("at", ID),
    Index("transcript_name", "name"),
)

revision = _state(
    "revision",
    Column("transcript", ID),
    Column("prior", ID),
    Column("turns", Text),  # packed: see `store.turns`
    Column("times", Text),
    Column("speakers", Text),  # JSON object: number → [label, role, informant guid or null]
    Column("filename", Text),
    Column("sha256", Text),  # of the text as it stands, UTF-8
    Column("length", ID),  # code points
    Column("at", ID),
    Index("revision_transcript", "transcript"),
    Index("revision_sha256", "sha256"),
)

coding = _state(
    "coding",
    *_place(),
    Column("code", ID),  # as coded; join `code.resolved` for the code it counts for
    *_made(),
    Column("version", Text),
    Column("origin", Text),
    Column("stance", Text),
    Column("elicited", Text),
    Column("uncertain", Boolean),
    Column("memo", Text),
    Index("coding_code", "code", "transcript"),
    Index("coding_transcript", "transcript", "start"),
)

reading = _state("reading", *_place(), *_made(), Index("reading_transcript", "transcript", "start"))

memo = _state(
    "memo",
    Column("about", ID),
    Column("kind", Text),
    Column("code", ID),
    Column("text", Text),
    *_made(),
    Index("memo_about", "about"),
)

decision = _state(
    "decision",
    Column("suggestion", LargeBinary),  # guid; suggestions are not in the log
    *_place(),
    Column("code", ID),
    Column("verdict", Text),
    Column("corrected", ID),
    Column("recipe", Text),
    Column("score", Float),
    Column("evidence", Text),
    Column("seconds", Float),
    *_made(),
    Index("decision_suggestion", "suggestion"),
    Index("decision_transcript", "transcript", "start"),
)

quote = _state(
    "quote",
    Column("coding", ID),
    Column("chosen", Boolean),
    Column("printable", Text),
    Column("translation", Text),
    Column("translator", Text),
    Column("checked", Boolean),
    Index("quote_coding", "coding"),
)

relation = _state(
    "relation",
    Column("source", ID),
    Column("target", ID),
    Column("kind", Text),
    Column("informant", ID),
    Column("worked", Text),
    Column("memo", Text),
    Column("codings", Text),  # JSON array of guids
    Column("at", ID),
)

theme = _state("theme", Column("statement", Text), Column("codes", Text), Column("memo", Text), Column("at", ID))

research_question = _state("research_question", Column("number", Text), Column("text", Text), Column("at", ID))

question = _state(
    "question",
    Column("number", Text),
    Column("text", Text),
    Column("aspect", Text),
    Column("codes", Text),  # JSON array of guids
    Column("at", ID),
    Column("research_question", ID),
)

question_link = _state(
    "question_link",
    *_place(),
    Column("questions", Text),  # JSON array of guids; empty: the turn asks none of the guide's
    *_made(),
    Index("question_link_transcript", "transcript", "start"),
)

KIND_TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        study,
        coder,
        round_,
        codebook,
        code,
        informant,
        transcript,
        revision,
        coding,
        reading,
        memo,
        decision,
        quote,
        relation,
        theme,
        research_question,
        question,
        question_link,
    )
}
"""The projection table of each kind of entity."""

# ---- derived from text and a recipe; not logged, not rebuilt --------------------------------------------------------------

suggestion = Table(
    "suggestion",
    metadata,
    Column("id", ID, primary_key=True),
    Column("guid", LargeBinary, nullable=False, unique=True),
    Column("recipe", Text, nullable=False),
    *_place(),
    Column("code", ID, nullable=False),
    Column("score", Float),  # NULL where the recipe gives none
    Column("evidence", Text, nullable=False),  # JSON array
    Index("suggestion_recipe", "recipe", "code"),
    Index("suggestion_transcript", "transcript", "start"),
)
