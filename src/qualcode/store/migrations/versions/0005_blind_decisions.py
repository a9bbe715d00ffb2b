"""What a person had decided of a passage before a suggestion for it was shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add a column of the decisions, empty for those made with the suggestion in sight."""
    op.add_column("decision", sa.Column("blind", sa.Text(), nullable=True))
