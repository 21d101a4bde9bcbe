"""A column for whoever has sent an edit to be reviewed.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column; edits that wait already have no author."""
    op.add_column("proposals", sa.Column("author", sa.BigInteger))
