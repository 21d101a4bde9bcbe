"""The journal's steps: the number that a start compares is that of the last one."""

from bot.journal.migrations import LAST
from bot.journal.migrations.upgrade import scripts


def test_the_last_step_is_known_without_alembic():
    """Otherwise a new step would never run, or every start would load Alembic."""
    assert scripts().get_current_head() == LAST
