"""Typo repair against the knowledge's own words (rapidfuzz).

A word that nobody used, and that is no English word, becomes the known word that it most likely is. A rare one that is
one slip away from a very frequent word is that one: people who wrote the phrasings made slips, too.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.language import Hashes, english_words, has_word, hashes_of
from bot.matching.remembered import Remembered

MIN_LENGTH = 3
SHORT = 4
# So many times more frequent is the word that a rare one is taken for.
MUCH_MORE_FREQUENT = 25
# Words that nobody used, with what they mean: a message's are asked for again with each of its parts.
REMEMBERED = 16_384


@dataclass(frozen=True)
class Spelling:
    """How often each word occurs, the most frequent first; and the words that are right as they are.

    Only words that occur twice, or that are part of a name, are trusted as a repair.
    """

    counts: Mapping[str, int]
    right: Hashes
    _known: dict[tuple[int, bool], tuple[str, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _meant: Remembered[str, str] = field(
        init=False, repr=False, compare=False, default_factory=lambda: Remembered(REMEMBERED)
    )

    @classmethod
    def fit(cls, texts: Iterable[tuple[str, ...]], names: Iterable[tuple[str, ...]] = ()) -> "Spelling":
        """Learn from the words of all phrasings, and of all names."""
        named = sorted({word for name in names for word in name})
        counts = Counter(word for text in texts for word in text)
        counts.update(2 * named)
        right = np.union1d(english_words(), hashes_of(named))
        return cls(dict(counts.most_common()), right)

    def is_right(self, word: str) -> bool:
        """Whether a word is English, or part of a name."""
        return has_word(self.right, word)

    def knows(self, word: str) -> bool:
        """Whether a word is English, or one that phrasings use."""
        return word in self.counts or self.is_right(word)

    def repair(self, text: tuple[str, ...]) -> tuple[str, ...]:
        """The words, each unknown or doubtful one replaced by the known word that it most likely is, if any."""
        return tuple(map(self.repaired, text))

    def repaired(self, word: str) -> str:
        """The known word that a word most likely is, or the word itself."""
        return self._meant.get(word, lambda: self._repaired(word))

    def _repaired(self, word: str) -> str:
        count = self.counts.get(word, 0)
        if not _is_repairable(word) or self.is_right(word):
            return word
        if not count:
            return self._nearest(word, frequent=False)
        meant = self._nearest(word, frequent=True)
        return meant if self.counts[meant] >= MUCH_MORE_FREQUENT * count else word

    def completed(self, beginning: str) -> str:
        """The most frequent known word that begins so, or the beginning itself."""
        trusted = (word for word, count in self.counts.items() if count > 1 and _is_repairable(word))
        return next((word for word in trusted if word.startswith(beginning)), beginning)

    def _of_length(self, length: int, *, frequent: bool) -> tuple[str, ...]:
        """The trusted words, or only the frequent ones, that are not too long or too short to be meant, in order."""
        key = length, frequent
        if key not in self._known:
            slips, least = (1, MUCH_MORE_FREQUENT) if frequent else (_slips(length), 2)
            near = (w for w, n in self.counts.items() if n >= least and abs(len(w) - length) <= slips)
            self._known[key] = tuple(filter(_is_repairable, near))
        return self._known[key]

    def _nearest(self, word: str, *, frequent: bool) -> str:
        """The known word within a few slips (insertion, deletion, exchange, transposition), or the word itself."""
        known, slips = self._of_length(len(word), frequent=frequent), 1 if frequent else _slips(len(word))
        found = process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=8)
        if len(word) < SHORT or (len(word) == SHORT and word in self.counts):
            # Short words have many neighbours: only swapped letters are a slip.
            found = [f for f in found if sorted(f[0]) == sorted(word)]
        if not found:
            return word
        # The first letter is seldom wrong, and a frequent word is meant more often than a rare one.
        best = min(found, key=lambda f: (f[1] + (f[0][0] != word[0]), -self.counts[f[0]]))
        return str(best[0])


def _slips(length: int) -> int:
    """How many slips a word may have: one in a short word, two from six letters, three from ten."""
    return 1 + (length >= 6) + (length >= 10)  # noqa: PLR2004


def _is_repairable(word: str) -> bool:
    return len(word) >= MIN_LENGTH and word.isalpha()
