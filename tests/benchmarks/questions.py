"""How often each engine's first guess is right on labelled questions: `python -m tests.benchmarks.questions FILE …`.

Every engine learns all phrasings of the shipped knowledge, those of topics that are not covered included, and gets each
question alone, without facets. The last row is the bot as members meet it, which may also ask back. Questions in two
parts and dialogues are left out.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from bot.dialogue.advisor import Advisor
from bot.embedders.choice import EmbedderChoice, choose
from bot.evaluation import Labelled, read_labelled, score
from bot.knowledge.fields import NOT_COVERED, SMALL_TALK
from bot.knowledge.loader import load
from bot.knowledge.records import KnowledgeBase
from bot.matching.targets import Kind, targets_of
from tests.benchmarks.engines import ENGINES
from tests.conftest import KNOWLEDGE

LABELS = {Kind.NOT_COVERED: NOT_COVERED, Kind.SMALL_TALK: SMALL_TALK}
AS_SHIPPED = "this bot, as shipped"


def alone(files: Iterable[Path]) -> list[Labelled]:
    """The questions that stand alone and want one answer."""
    dialogues = (dialogue for file in files for dialogue in read_labelled(file))
    return [dialogue[0] for dialogue in dialogues if len(dialogue) == 1 and not dialogue[0].every]


def shares(knowledge: KnowledgeBase, questions: list[Labelled]) -> dict[str, float]:
    """The share of right first guesses by engine."""
    rows = [(text, target) for target in targets_of(knowledge) for text in target.phrasings]
    meant = {f"{target.kind} {target.id}": LABELS.get(target.kind, target.id) for _, target in rows}
    found = {}
    for name, fit in ENGINES.items():
        label = fit([text for text, _ in rows], [f"{target.kind} {target.id}" for _, target in rows])
        found[name] = sum(meant[label(q.question)] in q.gold for q in questions) / len(questions)
    shipped = Advisor(knowledge, choose(EmbedderChoice.AUTO, Path("data")))
    found[AS_SHIPPED] = sum(s.right for s in score(shipped, [(q,) for q in questions])) / len(questions)
    return found


def main() -> None:
    """Print the table."""
    questions = alone(map(Path, sys.argv[1:]))
    print(f"| engine | right % of {len(questions)} |\n|---|--:|")  # noqa: T201
    for name, share in shares(load(KNOWLEDGE), questions).items():
        print(f"| {name} | {100 * share:.1f} |")  # noqa: T201


if __name__ == "__main__":
    main()
