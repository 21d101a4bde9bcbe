"""The guard holds: each question of checks.yaml keeps its answer, and its lead, whatever else is added."""

import yaml

from bot.dialogue.advisor import Advisor
from bot.evaluation import failed_checks
from bot.knowledge.loader import load_contents, read_folder
from bot.knowledge.writing import with_file
from tests.conftest import KNOWLEDGE

LEAST_LEAD = 0.8
UNRELATED = (
    "parking", "the canteen", "dress code", "dogs at work", "yoga class", "the summer party", "bicycle leasing",
    "the coffee machine", "the book club", "the lottery pool",
)  # fmt: skip
FRAMES = ("what about {}", "is there {}", "tell me about {}", "how is {}", "{}", "is {} allowed", "who runs {}")


def test_ten_unrelated_entries_take_no_checks_lead(advisor):
    """A community's own topics beside the article's."""
    entries = [
        {
            "id": f"own.{place}",
            "title": topic.capitalize(),
            "answer": f"There is {topic}.",
            "ask": [frame.format(topic) for frame in FRAMES],
            "source": [1],
        }
        for place, topic in enumerate(UNRELATED)
    ]
    contents, problems = read_folder(KNOWLEDGE)
    added = with_file(contents, "answers/own.yaml", yaml.safe_dump(entries).encode())
    grown = Advisor(load_contents(added, problems), advisor.matcher.embedder, readings=advisor.readings)
    assert failed_checks(grown) == []
    for check in grown.knowledge.checks:
        best, second, *_ = grown.matcher.match(check.question).candidates
        assert best.confidence - second.confidence >= LEAST_LEAD, check.question
