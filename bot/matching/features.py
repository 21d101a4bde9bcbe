"""Words → sparse TF-IDF features: words, pairs of neighbours, and character n-grams inside words.

Character n-grams make a misspelt or inflected word share most of its features with the right one (the scheme of
fastText, Bojanowski et al. 2017, doi:10.1162/tacl_a_00051, without learned vectors).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
# Embeddings are kept in half precision: their cosines are the same to three digits.
Halves = npt.NDArray[np.float16]
Integers = npt.NDArray[np.int32]

N_GRAMS = (3, 4, 5)
# A character n-gram says less than a whole word or a pair.
N_GRAM_WEIGHT = 0.6
# Stands before the first and after the last word, so that pairs know how a text begins and ends.
EDGE = ""


class FeatureKind(IntEnum):
    """What a feature is."""

    WORD = 0
    PAIR = 1
    N_GRAM = 2


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


def _kind(feature: str) -> FeatureKind:
    if feature.startswith("#"):
        return FeatureKind.N_GRAM
    return FeatureKind.PAIR if " " in feature else FeatureKind.WORD


def _pairs(words: Sequence[str]) -> Iterator[str]:
    for pair in pairwise((EDGE, *words, EDGE)):
        yield " ".join(pair)


class FeatureSpace:
    """All words of the phrasings, and the pairs and n-grams that occur twice; the most frequent first, weighted."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        """Count the features of all texts and weigh them by smoothed inverse document frequency."""
        self._numbers: dict[str, int] = {}
        self._of_word: dict[str, Integers] = {}
        found = [self._all_features(text) for text in texts]
        counts = np.bincount(np.concatenate(found)) if found else np.zeros(0, np.int64)
        kinds = np.fromiter(map(_kind, self._numbers), np.int8, len(self._numbers))
        order = np.argsort(-counts, kind="stable")
        kept = order[(counts[order] > 1) | (kinds[order] == FeatureKind.WORD)]
        renumber = {int(old): new for new, old in enumerate(kept)}
        self._numbers = {f: renumber[old] for f, old in self._numbers.items() if old in renumber}
        self._of_word = {}
        self.kinds = kinds[kept]
        rarity = np.log((1 + len(texts)) / (1 + counts[kept])) + 1
        weights = np.where(self.kinds == FeatureKind.N_GRAM, N_GRAM_WEIGHT, 1.0) * rarity
        self._weights = weights.astype(np.float32)
        new = np.full(len(counts), -1, np.int32)
        new[kept] = np.arange(len(kept), dtype=np.int32)
        self.vectors = [self._weighted(numbers[numbers >= 0]) for numbers in (new[old] for old in found)]

    # kinds: the FeatureKind of each feature number; vectors: those of the texts that were counted.
    kinds: npt.NDArray[np.int8]
    vectors: list[SparseVector]

    def __len__(self) -> int:
        """How many features there are."""
        return len(self._weights)

    def vector(self, words: Sequence[str]) -> SparseVector:
        """The unit vector of a text."""
        known = [self._word(word) for word in dict.fromkeys(words)]
        pairs = [n for pair in _pairs(words) if (n := self._numbers.get(pair)) is not None]
        return self._weighted(np.unique(np.concatenate([*known, np.array(pairs, np.int32)])))

    def _weighted(self, numbers: Integers) -> SparseVector:
        indices = np.sort(numbers)
        values = self._weights[indices]
        norm = float(np.sqrt(values @ values)) or 1.0
        return SparseVector(indices, values / norm)

    def _word(self, word: str) -> Integers:
        """The known features of a word. Words of the phrasings come again and again, so they are kept."""
        found = self._of_word.get(word)
        if found is None:
            numbers = {n for f in _word_features(word) if (n := self._numbers.get(f)) is not None}
            found = np.fromiter(numbers, np.int32, len(numbers))
            if word in self._numbers:
                self._of_word[word] = found
        return found

    def _all_features(self, words: Sequence[str]) -> Integers:
        """The features of a text while they are being counted; new ones get the next number."""
        numbers = self._numbers
        for word in words:
            if word not in self._of_word:
                new = [numbers.setdefault(f, len(numbers)) for f in _word_features(word)]
                self._of_word[word] = np.array(new, np.int32)
        pairs = [numbers.setdefault(pair, len(numbers)) for pair in _pairs(words)]
        return np.unique(np.concatenate([*(self._of_word[word] for word in words), np.array(pairs, np.int32)]))
