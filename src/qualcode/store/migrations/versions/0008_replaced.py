"""Where in a text words stand that replaced others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Let a revision say where pseudonyms stand in it, so that they are not taken for names."""
    op.add_column("revision", sa.Column("replaced", sa.Text(), nullable=True))
