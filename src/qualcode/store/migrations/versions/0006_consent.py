"""What informants agreed to, and how attributes are to be made coarser before they are shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add a column of the informants and one of the study, both without members until someone writes them."""
    op.add_column("informant", sa.Column("consent", sa.Text(), nullable=True))
    op.add_column("study", sa.Column("generalise", sa.Text(), nullable=True))
    op.execute("UPDATE informant SET consent = '{}'")
    op.execute("UPDATE study SET generalise = '{}'")
