"""A column for whether a change is known to be in its file: a crash comes between the two.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column; the changes so far are taken as made."""
    op.add_column("changes", sa.Column("made", sa.Boolean, nullable=False, server_default=sa.true()))
