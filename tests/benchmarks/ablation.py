"""What each part of the model of turns adds: `python -m tests.benchmarks.ablation [FILE]`.

Without one reading, one group of features or one source of turns, the model is fitted anew and scored on chats that
nothing was fitted on.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np

from bot.dialogue import training
from bot.dialogue.advisor import Advisor
from bot.dialogue.reading_model import LabelledTurn, ReadingModel
from bot.dialogue.readings import Reading
from bot.embedders.choice import EmbedderChoice, choose
from bot.evaluation import COVERED, UNCOVERED, count_outcomes, read_labelled, score
from bot.knowledge.loader import load
from bot.matching.fitting import FittedModels

ROOT = Path(__file__).parents[2]
CHATS = ROOT / "tests" / "questions" / "chats.jsonl"
# Which places of `reading_model.features_of` tell what.
FEATURES = {
    "how sure it is alone": slice(1, 7),
    "length": slice(7, 11),
    "names of role, topic, level": slice(11, 15),
    "what was said before": slice(15, 18),
    "what is asked beside what is told": slice(18, 20),
    "kinds of words": slice(20, None),
}
NEVER = -1e4


def without_reading(turns: Sequence[LabelledTurn], reading: Reading) -> ReadingModel:
    """The model that never reads a turn so."""
    kept = np.array([[other != reading] for other in Reading])
    known = [replace(turn, meanings=turn.meanings * kept, sureness=turn.sureness * kept[:, 0]) for turn in turns]
    model = ReadingModel.fit(known)
    weights = model.weights.copy()
    weights[reading, 0] = NEVER
    return replace(model, weights=weights)


def without_features(turns: Sequence[LabelledTurn], places: slice) -> ReadingModel:
    """The model that doesn't look at some features."""
    kept = np.ones(len(turns[0].features), np.float32)
    kept[places] = 0
    known = [replace(turn, features=turn.features * kept) for turn in turns]
    model = ReadingModel.fit(known)
    return replace(model, weights=model.weights * kept)


def without_sureness(turns: Sequence[LabelledTurn]) -> ReadingModel:
    """The model that doesn't look at how sure each reading is."""
    known = [replace(turn, sureness=turn.sureness * 0) for turn in turns]
    model = ReadingModel.fit(known)
    return replace(model, sureness=model.sureness * 0)


def models(whole: Advisor, alone: dict[str, Advisor]) -> Iterator[tuple[str, ReadingModel]]:
    """Each model, and what it is without."""
    turns = list(whole._labelled())
    yield "nothing left out", ReadingModel.fit(turns)
    for name, advisor in alone.items():
        yield name, ReadingModel.fit(list(advisor._labelled()))
    with patch.object(training, "_pointing_back", return_value=()):
        yield "turns made of the knowledge", ReadingModel.fit(list(whole._labelled()))
    yield "nothing fitted: all readings alike", ReadingModel.indifferent()
    for reading in Reading:
        if reading is not Reading.STANDALONE:
            yield f"reading {reading.name.lower()}", without_reading(turns, reading)
    for name, places in FEATURES.items():
        yield f"features: {name}", without_features(turns, places)
    yield "features: how sure each reading is", without_sureness(turns)


def measure(file: Path, folder: Path) -> None:
    """Print the table."""
    embedder = choose(EmbedderChoice.AUTO, folder)
    knowledge = load(ROOT / "knowledge")
    whole, dialogues = Advisor(knowledge, embedder), list(read_labelled(file))
    matching: FittedModels = whole.matcher.models
    spoken = knowledge.follow_ups
    fewer = {
        "labelled chats and turns made of the knowledge": replace(
            knowledge, follow_ups=spoken.model_copy(update={"chats": ()})
        ),
        "half of the chats": replace(knowledge, follow_ups=spoken.model_copy(update={"chats": spoken.chats[::2]})),
    }
    alone = {name: Advisor(k, embedder, matching, ReadingModel.indifferent()) for name, k in fewer.items()}
    print("| without | right % | wrong % | declined rightly % |\n|---|--:|--:|--:|")  # noqa: T201
    for name, model in models(whole, alone):
        counts = count_outcomes(score(Advisor(knowledge, embedder, matching, model), dialogues))
        covered, uncovered = counts[COVERED], counts[UNCOVERED]
        shares = (covered.right / covered.questions, covered.wrong / covered.questions)
        cells = " | ".join(f"{100 * share:.1f}" for share in (*shares, uncovered.right / max(uncovered.questions, 1)))
        print(f"| {name} | {cells} |", flush=True)  # noqa: T201


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        measure(Path(sys.argv[1]) if len(sys.argv) > 1 else CHATS, Path(made))
