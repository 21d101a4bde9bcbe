"""The accuracy on the labelled questions must not fall. The figures are floors, not aims; raise them when it rises."""

from pathlib import Path

from bot.evaluation import COVERED, FOLLOW_UP, UNCOVERED, count_outcomes, read_labelled, score

QUESTIONS = Path(__file__).parent / "questions"
RIGHT_AT_LEAST = 0.86
WRONG_AT_MOST = 0.07
DECLINED_AT_LEAST = 0.95
FOLLOW_UPS_AT_LEAST = 0.78


def test_the_floors_hold(advisor):
    """Covered questions, near misses, follow-ups, and confident wrong answers."""
    dialogues = [d for name in ("single", "dialogues") for d in read_labelled(QUESTIONS / f"{name}.jsonl")]
    counts = count_outcomes(score(advisor, dialogues))
    covered, uncovered, follow_ups = counts[COVERED], counts[UNCOVERED], counts[FOLLOW_UP]
    assert covered.right / covered.questions >= RIGHT_AT_LEAST
    assert covered.wrong / covered.questions <= WRONG_AT_MOST
    assert uncovered.right / uncovered.questions >= DECLINED_AT_LEAST
    assert follow_ups.right / follow_ups.questions >= FOLLOW_UPS_AT_LEAST
