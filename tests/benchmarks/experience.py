"""Write what the knowledge that comes with the bot has taught the models, for other knowledge to begin from.

    python -m tests.benchmarks.experience

To be run after a change of what evidence, a reading or the features of a turn are: of another width, they can't begin
from the old weights.
"""

import json
from pathlib import Path
from unittest.mock import patch

from bot.dialogue import reading_model
from bot.dialogue.advisor import Advisor
from bot.dialogue.reading_model import ReadingModel
from bot.embedders.choice import EmbedderChoice, choose
from bot.knowledge.loader import load
from bot.matching import confidence
from bot.matching.features import Floats
from bot.matching.matcher import Matcher
from tests.conftest import KNOWLEDGE

DECIMALS = 3


def main() -> None:
    """Fit without experience, and write what came of it."""
    knowledge, embedder = load(KNOWLEDGE), choose(EmbedderChoice.STATIC, Path("data"))
    with patch.object(confidence, "shrunk", lambda own, *_: own):
        models = Matcher(knowledge, embedder).models
    write(confidence.EXPERIENCE_FILE, weights=models.confidence.weights)
    turns = list(Advisor(knowledge, embedder, models, ReadingModel.indifferent())._labelled())
    learned = ReadingModel.fit(turns)
    write(reading_model.EXPERIENCE_FILE, weights=learned.weights, sureness=learned.sureness)


def write(file: Path, **arrays: Floats) -> None:
    """Keep arrays by name."""
    kept = {name: array.astype(float).round(DECIMALS).tolist() for name, array in arrays.items()}
    file.write_text(json.dumps(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
