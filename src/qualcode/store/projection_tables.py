"""The tables that are read: one a kind, a function of the log; and what a machine proposed, which is derived from text and a recipe."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Index,
    LargeBinary,
    Table,
    Text,
)
from sqlalchemy.schema import SchemaItem

from qualcode.store.log_tables import ID, metadata

__all__ = [
    "KIND_TABLES",
    "code",
    "codebook",
    "coder",
    "coding",
    "decision",
    "informant",
    "kept",
    "memo",
    "question",
    "question_link",
    "quote",
    "reading",
    "relation",
    "research_question",
    "revision",
    "round_",
    "rule_decision",
    "sharing",
    "study",
    "suggestion",
    "theme",
    "transcript",
]


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
    Column("generalise", Text),  # JSON object: attribute → how it is made coarser
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
    Column("consent", Text),  # JSON object
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
    Column(
        "masked_into", ID
    ),  # the revision that took its place when names were masked: places on this one are shown there
    Column("blocks", Text),  # JSON array of [start, start there, length]: what stayed word for word
    Column("replaced", Text),  # JSON array of start and length, in turn: where words stand that replaced others
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
    Column("blind", Text),  # the verdict before anything was shown
    Index("decision_suggestion", "suggestion"),
    Index("decision_transcript", "transcript", "start"),
)

rule_decision = _state(
    "rule_decision",
    Column("code", ID),
    Column("rule", Text),
    Column("verdict", Text),  # accepted, locked or forbidden
    Column("shown", Text),  # the figures that were shown
    *_made(),
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

kept = _state("kept", *_place(), Column("kind", Text), Column("word", Text), *_made())
"""What a person said is no identifier: a word, everywhere, or a place."""

sharing = _state("sharing", Column("what", Text), Column("name", Text), Column("allowed", Text), *_made())
"""What left the study: a report or an export, under which name; `allowed`: JSON array of what was let through."""

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
        rule_decision,
        quote,
        relation,
        theme,
        research_question,
        question,
        question_link,
        kept,
        sharing,
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
