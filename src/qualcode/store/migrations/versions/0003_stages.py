"""In which stage of coding (open, axial, selective) a code was made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add a column of the codes, empty until someone speaks of stages."""
    op.add_column("code", sa.Column("stage", sa.Text(), nullable=True))
