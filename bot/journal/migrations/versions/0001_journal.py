"""The first tables.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "questions",
        sa.Column("id", sa.BigInteger, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False, index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("member", sa.String(32), nullable=False, index=True),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("record", sa.String(48)),
        sa.Column("tell", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
    )
    op.create_table(
        "votes",
        sa.Column("member", sa.String(32)),
        sa.Column("entry", sa.String(48)),
        sa.Column("up", sa.Boolean, nullable=False),
        sa.Column("at", MOMENT, nullable=False, index=True),
        sa.PrimaryKeyConstraint("member", "entry", name="pk_votes"),
    )
    op.create_table(
        "counts",
        sa.Column("day", sa.Date),
        sa.Column("outcome", sa.String(16)),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", "outcome", name="pk_counts"),
    )
    op.create_table(
        "tally",
        sa.Column("server", sa.BigInteger, autoincrement=False),
        sa.Column("day", sa.Date),
        sa.Column("outcome", sa.String(48)),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("server", "day", "outcome", name="pk_tally"),
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer, autoincrement=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.BigInteger),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("file", sa.String(64), nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
    )
    op.create_table(
        "proposals",
        sa.Column("id", sa.BigInteger, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False, index=True),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("file", sa.String(64), nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("question", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
    )
    op.create_table(
        "duties",
        sa.Column("name", sa.String(48)),
        sa.Column("at", MOMENT, nullable=False, index=True),
        sa.PrimaryKeyConstraint("name", name="pk_duties"),
    )
