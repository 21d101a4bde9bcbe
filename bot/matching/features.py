"""Words → sparse TF-IDF features: words, pairs of neighbours, and character n-grams inside words.

Character n-grams make a misspelt or inflected word share most of its features with the right one (the scheme of
fastText, Bojanowski et al. 2017, doi:10.1162/tacl_a_00051, without learned vectors).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int32]

N_GRAMS = (3, 4, 5)
# A character n-gram says less than a whole word or a pair.
N_GRAM_WEIGHT = 0.6


@dataclass(frozen=True)
class SparseVector:
    """A unit vector: feature numbers (ascending) and their values. Empty where nothing is known."""

    indices: Integers
    values: Floats


def _word_features(word: str) -> Iterator[str]:
    yield word
    padded = f" {word} "
    for n in N_GRAMS:
        for start in range(len(padded) - n + 1):
            yield "#" + padded[start : start + n]


def _features(words: Sequence[str]) -> Iterator[str]:
    for word in dict.fromkeys(words):
        yield from _word_features(word)
    for pair in zip(words, words[1:], strict=False):
        yield " ".join(pair)


class FeatureSpace:
    """The features that occur at least twice in the phrasings, the most frequent first, with their weights."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        """Count the features of all texts and weigh them by smoothed inverse document frequency."""
        frequency = Counter(feature for text in texts for feature in set(_features(text)))
        kept = [(f, n) for f, n in frequency.most_common() if n > 1] or list(frequency.items())
        self._numbers = {feature: number for number, (feature, _) in enumerate(kept)}
        counts = np.array([n for _, n in kept], np.float32)
        weights = np.array([N_GRAM_WEIGHT if f.startswith("#") else 1.0 for f, _ in kept], np.float32)
        self._weights = (weights * (np.log((1 + len(texts)) / (1 + counts)) + 1)).astype(np.float32)

    def __len__(self) -> int:
        """How many features there are."""
        return len(self._numbers)

    def vector(self, words: Sequence[str]) -> SparseVector:
        """The unit vector of a text."""
        known = {number for f in _features(words) if (number := self._numbers.get(f)) is not None}
        indices = np.fromiter(sorted(known), np.int32, len(known))
        values = self._weights[indices]
        norm = float(np.sqrt(values @ values)) or 1.0
        return SparseVector(indices, values / norm)
