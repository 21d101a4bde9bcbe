"""A table for the key by which members are hashed, so that a new token leaves it as it is.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table; the first process that is ready writes the key."""
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(48), nullable=False),
        sa.Column("value", sa.String(128), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secrets"),
    )
