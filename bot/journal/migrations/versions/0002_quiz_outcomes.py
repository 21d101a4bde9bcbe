"""What the quiz called "neither" is now "close": no role was far enough ahead. "neither" means that none is liked.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TALLY = sa.table("tally", sa.column("outcome"))


def upgrade() -> None:
    """Count old outcomes under their new name."""
    op.execute(sa.update(TALLY).where(TALLY.c.outcome == "neither").values(outcome="close"))
