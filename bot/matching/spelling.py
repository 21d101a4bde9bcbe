"""Typo repair against the knowledge's own words (rapidfuzz).

A word that nobody used becomes the known word that it most likely is. A rare word one slip away from a very frequent
one is that one: people who wrote the phrasings made slips, too.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

MIN_LENGTH = 3
SHORT = 4
# So many times more frequent is the word that a rare one is taken for.
MUCH_MORE_FREQUENT = 25


@dataclass(frozen=True)
class Spelling:
    """How often each word occurs; the words that are trusted as a repair, and those frequent enough to draw others."""

    counts: dict[str, int]
    trusted: tuple[str, ...]
    frequent: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[tuple[str, ...]]) -> "Spelling":
        """Learn from the words of all phrasings. Only words that occur twice are trusted."""
        counts = Counter(word for text in texts for word in text)
        trusted = tuple(w for w, n in counts.most_common() if n > 1 and _is_repairable(w))
        return cls(dict(counts), trusted, tuple(w for w in trusted if counts[w] >= MUCH_MORE_FREQUENT))

    def repair(self, text: tuple[str, ...]) -> tuple[str, ...]:
        """The words, each unknown or doubtful one replaced by the known word that it most likely is, if any."""
        return tuple(self._repaired(word) if _is_repairable(word) else word for word in text)

    def repair_all(self, texts: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Many texts, each different word looked up once."""
        repaired = {word: self.repair((word,))[0] for word in {word for text in texts for word in text}}
        return [tuple(repaired[word] for word in text) for text in texts]

    def _repaired(self, word: str) -> str:
        count = self.counts.get(word, 0)
        if not count:
            # One slip in a short word, two from six letters, three from ten.
            return self._nearest(word, self.trusted, 1 + (len(word) >= 6) + (len(word) >= 10))  # noqa: PLR2004
        meant = self._nearest(word, self.frequent, 1)
        return meant if self.counts[meant] >= MUCH_MORE_FREQUENT * count else word

    def _nearest(self, word: str, known: tuple[str, ...], slips: int) -> str:
        """The known word within so many slips (insertion, deletion, exchange, transposition), or the word itself."""
        found = process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=8)
        if len(word) < SHORT or (len(word) == SHORT and word in self.counts):
            # Short words have many neighbours: only swapped letters are a slip.
            found = [f for f in found if sorted(f[0]) == sorted(word)]
        if not found:
            return word
        # The first letter is seldom wrong, and a frequent word is meant more often than a rare one.
        best = min(found, key=lambda f: (f[1] + (f[0][0] != word[0]), -self.counts[f[0]]))
        return str(best[0])


def _is_repairable(word: str) -> bool:
    return len(word) >= MIN_LENGTH and word.isalpha()
