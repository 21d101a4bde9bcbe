"""How much of a question a target covers: the share of its content words that the target's own texts have.

What no text of a target mentions is not what it answers, however well the rest agrees. Knows targets only as numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.features import FeatureKind, FeatureSpace, Floats, Phrasings, SparseVector
from bot.matching.likelihood import keys_of


@dataclass(frozen=True)
class CoverageModel:
    """Which words each target's phrasings (how often) and its answer have, by key (feature and target) in order.

    `content` says how much each feature counts as content: words by rarity, and nothing else.
    """

    phrasings: Phrasings
    content: Floats
    keys: npt.NDArray[np.int64]
    counts: npt.NDArray[np.intp]
    answer_keys: npt.NDArray[np.int64]

    @classmethod
    def fit(cls, phrasings: Phrasings, space: FeatureSpace, answers: Sequence[Sequence[str]]) -> "CoverageModel":
        """`answers` are the words of each target's own text."""
        content = np.where(space.kinds == FeatureKind.WORD, space.weights - 1, 0).astype(np.float32)
        vectors = phrasings.vectors
        words = content[vectors.indices] > 0
        found = keys_of(vectors.indices[words], phrasings.targets[vectors.owners()[words]])
        keys, counts = np.unique(found, return_counts=True)
        said = {(number, target) for target, text in enumerate(answers) for number in space.numbers(text)}
        numbers, targets = np.array(sorted(said), np.int32).reshape(-1, 2).T
        return cls(phrasings, content, keys, counts, np.sort(keys_of(numbers, targets)))

    def of(self, vector: SparseVector, strange: float, chosen: npt.NDArray[np.intp], without: int = -1) -> Floats:
        """For each chosen target (rows): the share that its phrasings or answer cover, and that its answer covers.

        `strange` is the weight of the words that are no feature; the phrasing `without` does not count.
        """
        words = vector.indices[self.content[vector.indices] > 0]
        weights = self.content[words][:, None]
        total = float(weights.sum()) + strange or 1.0
        keys = keys_of(words[:, None], chosen[None, :])
        counts = _look_up(self.keys, self.counts, keys)
        if without >= 0:
            counts = counts - (chosen == self.phrasings.targets[without])
        answered = _look_up(self.answer_keys, np.ones(len(self.answer_keys), np.intp), keys) > 0
        covered = (weights * ((counts > 0) | answered)).sum(axis=0)
        return np.column_stack([covered, (weights * answered).sum(axis=0)]).astype(np.float32) / np.float32(total)


def _look_up(
    keys: npt.NDArray[np.int64], values: npt.NDArray[np.intp], wanted: npt.NDArray[np.int64]
) -> npt.NDArray[np.intp]:
    """The value under each wanted key, 0 where there is none."""
    if not len(keys):
        return np.zeros(wanted.shape, np.intp)
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found: npt.NDArray[np.intp] = np.where(keys[places] == wanted, values[places], 0)
    return found
