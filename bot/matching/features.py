"""Words → sparse TF-IDF features: words, pairs of neighbours, and character n-grams inside words.

Character n-grams make a misspelt or inflected word share most of its features with the right one (the scheme of
fastText, Bojanowski et al. 2017, doi:10.1162/tacl_a_00051, without learned vectors).
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
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


@dataclass(frozen=True)
class SparseRows:
    """The vectors of many texts, one after the other; row i is from ends[i] to ends[i + 1], in no order."""

    indices: Integers
    values: Floats
    ends: npt.NDArray[np.intp]

    def __len__(self) -> int:
        """How many rows."""
        return len(self.ends) - 1

    def __getitem__(self, row: int) -> SparseVector:
        """One row."""
        inside = slice(self.ends[row], self.ends[row + 1])
        return SparseVector(self.indices[inside], self.values[inside])

    def take(self, rows: Sequence[int]) -> "SparseRows":
        """These rows alone."""
        chosen = np.asarray(rows, np.intp)
        starts, lengths = self.ends[chosen], self.ends[chosen + 1] - self.ends[chosen]
        ends = np.cumsum([0, *lengths])
        places = np.repeat(starts - ends[:-1], lengths) + np.arange(ends[-1])
        return SparseRows(self.indices[places], self.values[places], ends)

    def owners(self) -> npt.NDArray[np.intp]:
        """The row of each index and value."""
        return np.repeat(np.arange(len(self)), np.diff(self.ends))


@dataclass(frozen=True)
class Phrasings:
    """All phrasings, ordered by target: sparse vectors, embeddings and the number of the target, one row each.

    `embeddings` is (phrasings, dimensions), with no dimensions where there is no embedder; `targets` is 0, 0, …, 1, 1,
    … without gaps.
    """

    vectors: SparseRows
    embeddings: Floats
    targets: npt.NDArray[np.intp]


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


def _numbered(texts: Sequence[Sequence[str]]) -> tuple[dict[str, int], Integers, Integers]:
    """The number of each feature; the features of all texts, one after the other; and how many each text has."""
    numbers: dict[str, int] = {}
    of_word: dict[str, list[int]] = {}
    found, lengths = array("i"), array("i")
    for text in texts:
        own = {numbers.setdefault(pair, len(numbers)) for pair in _pairs(text)}
        for word in text:
            if word not in of_word:
                of_word[word] = [numbers.setdefault(f, len(numbers)) for f in _word_features(word)]
            own.update(of_word[word])
        found.extend(own)
        lengths.append(len(own))
    return numbers, np.frombuffer(found, np.int32), np.frombuffer(lengths, np.int32)


def unit_rows(vectors: Floats) -> Floats:
    """The rows, each at length one; rows of zeros stay so."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Floats = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit


def _sparse_unit_rows(numbers: Integers, lengths: Integers, weights: Floats) -> SparseRows:
    """The unit vectors of texts with so many of these features each; a feature of -1 is left out."""
    known = numbers >= 0
    lengths = np.add.reduceat(known, np.cumsum(lengths) - lengths, dtype=np.int32)
    ends = np.cumsum([0, *lengths])
    indices = numbers[known]
    values = weights[indices]
    # A text without known features has no values that its norm, which is not its own, could spoil.
    norms = np.sqrt(np.add.reduceat(np.append(values * values, np.float32(1)), ends[:-1]))
    values /= np.repeat(norms, lengths)
    return SparseRows(indices, values, ends)


@dataclass(frozen=True)
class FeatureSpace:
    """All words of the phrasings, and the pairs and n-grams that occur twice; the most frequent first, weighted.

    `kinds` and `weights` stand beside `features`; `vectors` are those of the texts that were counted.
    """

    features: tuple[str, ...]
    kinds: npt.NDArray[np.int8]
    weights: Floats
    vectors: SparseRows
    _numbers: dict[str, int] = field(init=False, repr=False, compare=False)
    _of_word: dict[str, Integers] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_numbers", {feature: number for number, feature in enumerate(self.features)})

    @classmethod
    def fit(cls, texts: Sequence[Sequence[str]]) -> "FeatureSpace":
        """Count the features of all texts and weigh them by smoothed inverse document frequency."""
        every, found, lengths = _numbered(texts)
        counts = np.bincount(found, minlength=len(every))
        kinds = np.fromiter(map(_kind, every), np.int8, len(every))
        order = np.argsort(-counts, kind="stable")
        kept = order[(counts[order] > 1) | (kinds[order] == FeatureKind.WORD)]
        new = np.full(len(counts), -1, np.int32)
        new[kept] = np.arange(len(kept), dtype=np.int32)
        named = list(every)
        rarity = np.log((1 + len(texts)) / (1 + counts[kept])) + 1
        weights = np.where(kinds[kept] == FeatureKind.N_GRAM, N_GRAM_WEIGHT, 1.0) * rarity
        weights = weights.astype(np.float32)
        return cls(tuple(named[n] for n in kept), kinds[kept], weights, _sparse_unit_rows(new[found], lengths, weights))

    def __len__(self) -> int:
        """How many features there are."""
        return len(self.weights)

    def numbers(self, words: Sequence[str]) -> set[int]:
        """The features that the words themselves are."""
        return {self._numbers[word] for word in words if word in self._numbers}

    def strangeness(self, words: Sequence[str]) -> float:
        """How much content the words have that no text has: each as much as the rarest known word."""
        return float(self.weights.max(initial=1) - 1) * len({word for word in words if word not in self._numbers})

    def vector(self, words: Sequence[str]) -> SparseVector:
        """The unit vector of a text."""
        known = [self._word(word) for word in dict.fromkeys(words)]
        pairs = [n for pair in _pairs(words) if (n := self._numbers.get(pair)) is not None]
        indices = np.unique(np.concatenate([*known, np.array(pairs, np.int32)]))
        values = self.weights[indices]
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
