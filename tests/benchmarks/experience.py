"""Write what the knowledge that comes with the bot has taught the models, for other knowledge to begin from.

    python -m tests.benchmarks.experience

To be run after a change of what evidence, a reading or the features of a turn are: of another width, they can't begin
from the old weights.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np

from bot.dialogue import reading_model
from bot.dialogue.advisor import Advisor
from bot.dialogue.reading_model import LEAST, LabelledTurn, ReadingModel
from bot.embedders.choice import EmbedderChoice, choose
from bot.knowledge.loader import load
from bot.matching import confidence
from bot.matching.features import Floats
from bot.matching.matcher import Matcher
from tests.conftest import KNOWLEDGE

DECIMALS = 3
# The temperatures that are tried: below 1, the mixture was too sure; above, not sure enough.
SHARPNESS = np.linspace(0.8, 2.5, 35)


def main() -> None:
    """Fit without experience, and write what came of it."""
    knowledge, embedder = load(KNOWLEDGE), choose(EmbedderChoice.STATIC, Path("data"))
    with patch.object(confidence, "shrunk", lambda own, *_: own):
        models = Matcher(knowledge, embedder).models
    write(confidence.EXPERIENCE_FILE, weights=models.confidence.weights)
    turns = list(Advisor(knowledge, embedder, models, ReadingModel.indifferent())._labelled())
    learned = ReadingModel.fit(turns)
    sharp = sharpness(ReadingModel.fit(turns[::2]), turns[1::2])
    write(reading_model.EXPERIENCE_FILE, weights=learned.weights, sureness=learned.sureness, sharpness=np.array(sharp))


def write(file: Path, **arrays: Floats) -> None:
    """Keep arrays by name."""
    kept = {name: array.astype(float).round(DECIMALS).tolist() for name, array in arrays.items()}
    file.write_text(json.dumps(kept) + "\n", encoding="utf-8")


def sharpness(model: ReadingModel, left_out: Sequence[LabelledTurn]) -> float:
    """The inverse temperature under which what was right is likeliest in turns that the model was not fitted on.

    (Guo et al. 2017, arXiv:1706.04599.)
    """
    mixed = [(model.shares(turn) @ turn.meanings, turn.wanted) for turn in left_out]
    likelihoods = [
        sum(np.log(LEAST + (meaning**power) @ wanted / (meaning**power).sum()) for meaning, wanted in mixed)
        for power in SHARPNESS
    ]
    return float(SHARPNESS[np.argmax(likelihoods)])


if __name__ == "__main__":
    main()
