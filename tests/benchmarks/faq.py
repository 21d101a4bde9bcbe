"""Score the engine on any labelled FAQ: `python -m tests.benchmarks.faq TRAIN.csv TEST.csv --out-of-scope LABEL`.

The files are CSV with the columns `sentence,label`; a first line that names them is passed over. Printed are, for each
embedder on disk: in-scope top-1, out-of-scope AUROC, and the best joint accuracy over all thresholds (a question below
the threshold counts as out of scope, as in HINT3: Arora et al. 2020, arXiv:2009.13833).
"""

import argparse
import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from bot.embedders.choice import EmbedderChoice, available, choose
from bot.matching.embedding import Embedder
from tests.benchmarks.engines import Advisor

Rows = list[tuple[str, str]]
DATA = Path("data")


@dataclass(frozen=True)
class FaqScore:
    """Shares from 0 to 1; the AUROC is nothing where no test question is out of scope."""

    in_scope_top_1: float
    out_of_scope_auroc: float | None
    best_joint: float
    threshold: float


def read(path: Path) -> Rows:
    """The sentences and labels. Raises ValueError, naming the line, when one is not as described."""
    rows = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.reader(file), 1):
            if len(row) < 2 or not row[0].strip():
                if any(row):
                    raise ValueError(f"{path}:{number}: not `sentence,label`")
            elif not (number == 1 and row[1].strip().lower() in {"label", "intent"}):
                rows.append((row[0].strip(), row[1].strip()))
    return rows


def score(train: Rows, test: Rows, out_of_scope: str | None, embedder: Embedder) -> FaqScore:
    """Fit on the one, ask the other."""
    engine = Advisor([text for text, _ in train], [label for _, label in train], out_of_scope, embedder)
    found = [engine.best(engine.match(text)) for text, _ in test]
    sure = np.array([confidence for _, confidence in found])
    inside = np.array([label != out_of_scope for _, label in test])
    right = np.array([given == label for (given, _), (_, label) in zip(found, test, strict=True)])
    joint = {t: float(np.where(sure >= t, right, ~inside).mean()) for t in _thresholds(sure)}
    threshold = max(joint, key=lambda t: joint[t])
    auroc = float(roc_auc_score(inside, sure)) if 0 < inside.sum() < len(inside) else None
    return FaqScore(float(right[inside].mean()), auroc, joint[threshold], threshold)


def _thresholds(sure: Sequence[float]) -> list[float]:
    return sorted({0.0, *map(float, sure), 2.0})


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("test", type=Path)
    parser.add_argument("--out-of-scope", help="the label of questions that nothing answers")
    parser.add_argument("--model", type=Path, help="a model folder for the neural embedder")
    arguments = parser.parse_args()
    train, test = read(arguments.train), read(arguments.test)
    for choice in reversed(available(DATA, arguments.model)):
        found = score(train, test, arguments.out_of_scope, choose(EmbedderChoice(choice), DATA, arguments.model))
        auroc = "none" if found.out_of_scope_auroc is None else f"{100 * found.out_of_scope_auroc:.1f}"
        print(  # noqa: T201
            f"{choice:7} in-scope top-1 {100 * found.in_scope_top_1:.1f} %, out-of-scope AUROC {auroc} %, "
            f"best joint accuracy {100 * found.best_joint:.1f} % at confidence {found.threshold:.2f}"
        )


if __name__ == "__main__":
    main()
