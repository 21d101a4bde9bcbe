"""The accuracy on the labelled questions must not fall. The figures are floors, not aims; raise them when it rises."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.evaluation import COVERED, FOLLOW_UP, UNCOVERED, count_outcomes, read_labelled, score

QUESTIONS = Path(__file__).parent / "questions"


@dataclass(frozen=True)
class Floors:
    """Shares of the covered questions, then of what is not covered."""

    right_at_least: float
    wrong_at_most: float
    declined_at_least: float


FLOORS = {
    ("single", "dialogues"): Floors(0.83, 0.065, 0.917),
    ("real", "voices"): Floors(0.854, 0.058, 0.899),
    # Chats of two people who saw the article alone; conversation.yaml holds none of theirs.
    ("chats",): Floors(0.79, 0.105, 0.86),
}
FOLLOW_UPS_AT_LEAST = 0.795


@pytest.fixture(scope="module", params=FLOORS, ids="+".join)
def measured(request, advisor):
    """The floors of some files, and what was counted on them."""
    dialogues = [dialogue for name in request.param for dialogue in read_labelled(QUESTIONS / f"{name}.jsonl")]
    return FLOORS[request.param], count_outcomes(score(advisor, dialogues))


def test_the_floors_hold(measured):
    """Covered questions, confident wrong answers, near misses."""
    floors, counts = measured
    covered, uncovered = counts[COVERED], counts[UNCOVERED]
    assert covered.right / covered.questions >= floors.right_at_least
    assert covered.wrong / covered.questions <= floors.wrong_at_most
    assert uncovered.right / uncovered.questions >= floors.declined_at_least


def test_follow_ups_are_understood(advisor):
    """Turns after the first."""
    follow_ups = count_outcomes(score(advisor, read_labelled(QUESTIONS / "dialogues.jsonl")))[FOLLOW_UP]
    assert follow_ups.right / follow_ups.questions >= FOLLOW_UPS_AT_LEAST
