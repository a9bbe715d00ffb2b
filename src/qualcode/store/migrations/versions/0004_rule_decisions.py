"""What people decided about keyword rules: taken over, to stay as they are, never to be proposed again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table, empty until someone decides."""
    op.create_table(
        "rule_decision",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("code", ID, nullable=True),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("shown", sa.Text(), nullable=True),
        sa.Column("coder", ID, nullable=True),
        sa.Column("round", ID, nullable=True),
        sa.Column("at", ID, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
