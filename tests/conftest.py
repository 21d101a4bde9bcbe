"""What all tests share: the shipped knowledge and an advisor fitted on it once, and no unexpected ERROR in the log."""

import logging
from pathlib import Path

import pytest
from hypothesis import settings

from bot.dialogue.advisor import Advisor
from bot.embedders.choice import EmbedderChoice, choose
from bot.knowledge.loader import load

ROOT = Path(__file__).parent.parent
KNOWLEDGE = ROOT / "knowledge"


# No test depends on how fast the machine is.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def knowledge():
    """The shipped knowledge."""
    return load(KNOWLEDGE)


@pytest.fixture(scope="session")
def advisor(knowledge):
    """An advisor on the shipped knowledge; it never changes, so all tests may share it."""
    return Advisor(knowledge, choose(EmbedderChoice.AUTO, ROOT / "no-data"))


@pytest.fixture
def expected_errors():
    """The ERROR lines that a test provokes on purpose: it appends a part of each."""
    return []


@pytest.fixture(autouse=True)
def no_unexpected_errors(caplog, expected_errors):
    """Fail on any ERROR in the log that the test did not expect: discord.py only logs what breaks in a callback."""
    caplog.set_level(logging.INFO)
    yield
    records = [r for when in ("setup", "call") for r in caplog.get_records(when) if r.levelno >= logging.ERROR]
    surprising = [r.getMessage() for r in records if not any(part in r.getMessage() for part in expected_errors)]
    assert not surprising
