"""The first tables of a study file: the log, its projection, and suggestions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "code",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("key", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("name_en", sa.Text()),
        sa.Column("definition", sa.Text()),
        sa.Column("include", sa.Text()),
        sa.Column("exclude", sa.Text()),
        sa.Column("examples", sa.Text()),
        sa.Column("near_misses", sa.Text()),
        sa.Column("keywords", sa.Text()),
        sa.Column("family", sa.Text()),
        sa.Column("colour", sa.Text()),
        sa.Column("origin", sa.Text()),
        sa.Column("place", sa.Float()),
        sa.Column("status", sa.Text()),
        sa.Column("parent", ID),
        sa.Column("merged_into", ID),
        sa.Column("shown_key", sa.Text()),
        sa.Column("shown_parent", ID),
        sa.Column("resolved", ID),
        sa.Column("at", ID),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("code_shown_key", "code", ["shown_key"], unique=False)
    op.create_table(
        "codebook",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("title_en", sa.Text()),
        sa.Column("version", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("description", sa.Text()),
        sa.Column("sources", sa.Text()),
        sa.Column("families", sa.Text()),
        sa.Column("macros", sa.Text()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "coder",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("short", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("at", ID),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "coding",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("revision", ID),
        sa.Column("transcript", ID),
        sa.Column("start", ID),
        sa.Column("end", ID),
        sa.Column("code", ID),
        sa.Column("coder", ID),
        sa.Column("round", ID),
        sa.Column("at", ID),
        sa.Column("version", sa.Text()),
        sa.Column("origin", sa.Text()),
        sa.Column("stance", sa.Text()),
        sa.Column("elicited", sa.Text()),
        sa.Column("uncertain", sa.Boolean()),
        sa.Column("memo", sa.Text()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("coding_code", "coding", ["code", "transcript"], unique=False)
    op.create_index("coding_transcript", "coding", ["transcript", "start"], unique=False)
    op.create_table(
        "conflict",
        sa.Column("entity", ID, nullable=False),
        sa.Column("event", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("entity", "event", "kind", "detail"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "decision",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("suggestion", sa.LargeBinary()),
        sa.Column("revision", ID),
        sa.Column("transcript", ID),
        sa.Column("start", ID),
        sa.Column("end", ID),
        sa.Column("code", ID),
        sa.Column("verdict", sa.Text()),
        sa.Column("corrected", ID),
        sa.Column("recipe", sa.Text()),
        sa.Column("score", sa.Float()),
        sa.Column("evidence", sa.Text()),
        sa.Column("seconds", sa.Float()),
        sa.Column("coder", ID),
        sa.Column("round", ID),
        sa.Column("at", ID),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("decision_suggestion", "decision", ["suggestion"], unique=False)
    op.create_index("decision_transcript", "decision", ["transcript", "start"], unique=False)
    op.create_table(
        "entity",
        sa.Column("id", ID, nullable=False),
        sa.Column("guid", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
        sqlite_with_rowid=True,
    )
    op.create_table(
        "informant",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("short", sa.Text()),
        sa.Column("category", sa.Text()),
        sa.Column("attributes", sa.Text()),
        sa.Column("at", ID),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("informant_short", "informant", ["short"], unique=False)
    op.create_table(
        "memo",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("about", ID),
        sa.Column("kind", sa.Text()),
        sa.Column("code", ID),
        sa.Column("text", sa.Text()),
        sa.Column("coder", ID),
        sa.Column("round", ID),
        sa.Column("at", ID),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("memo_about", "memo", ["about"], unique=False)
    op.create_table(
        "meta",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "question",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("aspect", sa.Text()),
        sa.Column("codes", sa.Text()),
        sa.Column("at", ID),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "quote",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("coding", ID),
        sa.Column("chosen", sa.Boolean()),
        sa.Column("printable", sa.Text()),
        sa.Column("translation", sa.Text()),
        sa.Column("translator", sa.Text()),
        sa.Column("checked", sa.Boolean()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("quote_coding", "quote", ["coding"], unique=False)
    op.create_table(
        "reading",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("revision", ID),
        sa.Column("transcript", ID),
        sa.Column("start", ID),
        sa.Column("end", ID),
        sa.Column("coder", ID),
        sa.Column("round", ID),
        sa.Column("at", ID),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("reading_transcript", "reading", ["transcript", "start"], unique=False)
    op.create_table(
        "relation",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("source", ID),
        sa.Column("target", ID),
        sa.Column("kind", sa.Text()),
        sa.Column("informant", ID),
        sa.Column("worked", sa.Text()),
        sa.Column("memo", sa.Text()),
        sa.Column("codings", sa.Text()),
        sa.Column("at", ID),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "research_question",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("at", ID),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "revision",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("transcript", ID),
        sa.Column("prior", ID),
        sa.Column("turns", sa.Text()),
        sa.Column("times", sa.Text()),
        sa.Column("speakers", sa.Text()),
        sa.Column("filename", sa.Text()),
        sa.Column("sha256", sa.Text()),
        sa.Column("length", ID),
        sa.Column("at", ID),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("revision_sha256", "revision", ["sha256"], unique=False)
    op.create_index("revision_transcript", "revision", ["transcript"], unique=False)
    op.create_table(
        "round",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("blind", sa.Boolean()),
        sa.Column("closed", sa.Boolean()),
        sa.Column("at", ID),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "sitting",
        sa.Column("id", ID, nullable=False),
        sa.Column("guid", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
        sqlite_with_rowid=True,
    )
    op.create_table(
        "study",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("approach", sa.Text()),
        sa.Column("informant_label", sa.Text()),
        sa.Column("segmenter", sa.Text()),
        sa.Column("simulated", sa.Boolean()),
        sa.Column("identity", sa.Text()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "suggestion",
        sa.Column("id", ID, nullable=False),
        sa.Column("guid", sa.LargeBinary(), nullable=False),
        sa.Column("recipe", sa.Text(), nullable=False),
        sa.Column("revision", ID),
        sa.Column("transcript", ID),
        sa.Column("start", ID),
        sa.Column("end", ID),
        sa.Column("code", ID, nullable=False),
        sa.Column("score", sa.Float()),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("guid"),
    )
    op.create_index("suggestion_recipe", "suggestion", ["recipe", "code"], unique=False)
    op.create_index("suggestion_transcript", "suggestion", ["transcript", "start"], unique=False)
    op.create_table(
        "theme",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("statement", sa.Text()),
        sa.Column("codes", sa.Text()),
        sa.Column("memo", sa.Text()),
        sa.Column("at", ID),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "tombstone",
        sa.Column("what", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("what"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "transcript",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("kind", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("current", ID),
        sa.Column("informants", sa.Text()),
        sa.Column("metadata", sa.Text()),
        sa.Column("at", ID),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("transcript_name", "transcript", ["name"], unique=False)
    op.create_table(
        "dead",
        sa.Column("id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["id"],
            ["entity.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=True,
    )
    op.create_table(
        "event",
        sa.Column("id", ID, nullable=False),
        sa.Column("sitting", ID, nullable=False),
        sa.Column("seq", ID, nullable=False),
        sa.Column("lamport", ID, nullable=False),
        sa.Column("at", ID, nullable=False),
        sa.Column("coder", ID, nullable=False),
        sa.Column("round", ID),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("undoes", ID),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("undone", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("void", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["coder"],
            ["entity.id"],
        ),
        sa.ForeignKeyConstraint(
            ["round"],
            ["entity.id"],
        ),
        sa.ForeignKeyConstraint(
            ["sitting"],
            ["sitting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["undoes"],
            ["event.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sitting", "seq"),
        sqlite_with_rowid=True,
    )
    op.create_index("event_coder", "event", ["coder", "lamport"], unique=False)
    op.create_index("event_lamport", "event", ["lamport"], unique=False)
    op.create_index(
        "event_undoes",
        "event",
        ["undoes"],
        unique=False,
        sqlite_where=sa.text("undoes IS NOT NULL"),
        postgresql_where=sa.text("undoes IS NOT NULL"),
    )
    op.create_index(
        "event_undone",
        "event",
        ["undone"],
        unique=False,
        sqlite_where=sa.text("undone"),
        postgresql_where=sa.text("undone"),
    )
    op.create_table(
        "original",
        sa.Column("revision", ID, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision"],
            ["entity.id"],
        ),
        sa.PrimaryKeyConstraint("revision"),
        sqlite_with_rowid=True,
    )
    op.create_table(
        "text",
        sa.Column("revision", ID, nullable=False),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision"],
            ["entity.id"],
        ),
        sa.PrimaryKeyConstraint("revision"),
        sqlite_with_rowid=True,
    )
    op.create_table(
        "effect",
        sa.Column("id", ID, nullable=False),
        sa.Column("event", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entity", ID, nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("registers", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity"],
            ["entity.id"],
        ),
        sa.ForeignKeyConstraint(
            ["event"],
            ["event.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=True,
    )
    op.create_index(
        "effect_end",
        "effect",
        ["entity"],
        unique=False,
        sqlite_where=sa.text("op = 'end'"),
        postgresql_where=sa.text("op = 'end'"),
    )
    op.create_index("effect_entity", "effect", ["entity"], unique=False)
    op.create_index("effect_event", "effect", ["event"], unique=False)
    op.create_table(
        "seen",
        sa.Column("event", ID, nullable=False),
        sa.Column("head", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["event"],
            ["event.id"],
        ),
        sa.ForeignKeyConstraint(
            ["head"],
            ["event.id"],
        ),
        sa.PrimaryKeyConstraint("event", "head"),
        sqlite_with_rowid=False,
    )
    op.create_index("seen_head", "seen", ["head"], unique=False)
    op.create_table(
        "payload",
        sa.Column("effect", ID, nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["effect"],
            ["effect.id"],
        ),
        sa.PrimaryKeyConstraint("effect"),
        sqlite_with_rowid=True,
    )
    op.create_table(
        "ref",
        sa.Column("target", ID, nullable=False),
        sa.Column("effect", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["effect"],
            ["effect.id"],
        ),
        sa.ForeignKeyConstraint(
            ["target"],
            ["entity.id"],
        ),
        sa.PrimaryKeyConstraint("target", "effect"),
        sqlite_with_rowid=False,
    )
    op.create_index("ref_effect", "ref", ["effect"], unique=False)
    op.create_table(
        "replaces",
        sa.Column("effect", ID, nullable=False),
        sa.Column("replaced", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["effect"],
            ["effect.id"],
        ),
        sa.ForeignKeyConstraint(
            ["replaced"],
            ["effect.id"],
        ),
        sa.PrimaryKeyConstraint("effect", "replaced"),
        sqlite_with_rowid=False,
    )
    op.create_index("replaces_replaced", "replaces", ["replaced"], unique=False)
