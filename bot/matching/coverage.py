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
    """How often each target's phrasings have a word, and whether its answer does, by key (feature and target) in order.

    `content` says how much each feature counts as content: words by rarity, and nothing else.
    """

    phrasings: Phrasings
    content: Floats
    keys: npt.NDArray[np.int64]
    counts: npt.NDArray[np.intp]
    answered: npt.NDArray[np.bool_]

    @classmethod
    def fit(cls, phrasings: Phrasings, space: FeatureSpace, answers: Sequence[Sequence[str]]) -> "CoverageModel":
        """`answers` are the words of each target's own text."""
        content = np.where(space.kinds == FeatureKind.WORD, space.weights - 1, 0).astype(np.float32)
        vectors = phrasings.vectors
        words = content[vectors.indices] > 0
        asked = keys_of(vectors.indices[words], phrasings.targets[vectors.owners()[words]])
        said = [(number, target) for target, text in enumerate(answers) for number in space.numbers(text)]
        answered = keys_of(*np.array(said, np.int32).reshape(-1, 2).T)
        keys, places = np.unique(np.concatenate([asked, answered]), return_inverse=True)
        counts = np.bincount(places[: len(asked)], minlength=len(keys))
        return cls(phrasings, content, keys, counts, np.isin(keys, answered))

    def of(self, vector: SparseVector, strange: float, chosen: npt.NDArray[np.intp], without: int = -1) -> Floats:
        """For each chosen target (rows): the share that its phrasings or answer cover, and that its answer covers.

        `strange` is the weight of the words that are no feature; the phrasing `without` does not count.
        """
        words = vector.indices[self.content[vector.indices] > 0]
        weights = self.content[words][:, None]
        total = float(weights.sum()) + strange or 1.0
        keys = keys_of(words[:, None], chosen[None, :])
        # Every word that is content has a key: where there are no keys, nothing is looked up.
        places = np.searchsorted(self.keys, keys).clip(max=len(self.keys) - 1)
        known = self.keys[places] == keys
        counts, answered = self.counts[places] * known, self.answered[places] & known
        if without >= 0:
            counts -= chosen == self.phrasings.targets[without]
        covered = (weights * ((counts > 0) | answered)).sum(axis=0)
        return np.column_stack([covered, (weights * answered).sum(axis=0)]).astype(np.float32) / np.float32(total)
