"""The interview guide: which research question a question serves, and what people say that turns ask."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a column of the questions and the table of links, both empty until someone writes them."""
    op.add_column("question", sa.Column("research_question", ID, nullable=True))
    op.create_table(
        "question_link",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("revision", ID, nullable=True),
        sa.Column("transcript", ID, nullable=True),
        sa.Column("start", ID, nullable=True),
        sa.Column("end", ID, nullable=True),
        sa.Column("questions", sa.Text(), nullable=True),
        sa.Column("coder", ID, nullable=True),
        sa.Column("round", ID, nullable=True),
        sa.Column("at", ID, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("question_link_transcript", "question_link", ["transcript", "start"], unique=False)
