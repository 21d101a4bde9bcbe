"""The accuracy on the labelled questions must not fall. The figures are floors, not aims; raise them when it rises."""

from pathlib import Path

from bot.evaluation import by_style, count_outcomes, read_labelled, score

QUESTIONS = Path(__file__).parent / "questions"
RIGHT_AT_LEAST = 0.86
WRONG_AT_MOST = 0.07
DECLINED_AT_LEAST = 0.95
FOLLOW_UPS_AT_LEAST = 0.78


def test_the_floors_hold(advisor):
    """Covered questions, near misses, follow-ups, and confident wrong answers."""
    dialogues = [d for name in ("single", "dialogues") for d in read_labelled(QUESTIONS / f"{name}.jsonl")]
    scored = list(score(advisor, dialogues))
    covered = count_outcomes([s for s in scored if s.labelled.gold != {"not_covered"}])
    uncovered = count_outcomes([s for s in scored if s.labelled.gold == {"not_covered"}])
    follow_ups = by_style(scored)["follow-up"]
    assert covered.right / covered.questions >= RIGHT_AT_LEAST
    assert covered.wrong / covered.questions <= WRONG_AT_MOST
    assert uncovered.right / uncovered.questions >= DECLINED_AT_LEAST
    assert follow_ups.right / follow_ups.questions >= FOLLOW_UPS_AT_LEAST
