"""Masked texts, what is kept in sight, and what went out of the study."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Let a revision say into which it was masked; add the tables of decisions on identifiers and of sharing."""
    op.add_column("revision", sa.Column("masked_into", ID, nullable=True))
    op.add_column("revision", sa.Column("blocks", sa.Text(), nullable=True))
    op.create_table(
        "kept",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("revision", ID),
        sa.Column("transcript", ID),
        sa.Column("start", ID),
        sa.Column("end", ID),
        sa.Column("kind", sa.Text()),
        sa.Column("word", sa.Text()),
        sa.Column("coder", ID),
        sa.Column("round", ID),
        sa.Column("at", ID),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "sharing",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("what", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("allowed", sa.Text()),
        sa.Column("coder", ID),
        sa.Column("round", ID),
        sa.Column("at", ID),
        sa.PrimaryKeyConstraint("id"),
    )
