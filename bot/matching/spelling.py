"""Typo repair against the knowledge's own words (rapidfuzz). Never touches a word that the knowledge uses."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

MIN_LENGTH = 4


@dataclass(frozen=True)
class Spelling:
    """The known words, most frequent first, and how often each occurs."""

    counts: dict[str, int]
    targets: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[tuple[str, ...]]) -> "Spelling":
        """Learn from the words of all phrasings. Only words that occur twice are trusted as a repair."""
        counts = Counter(word for text in texts for word in text)
        targets = tuple(w for w, n in counts.most_common() if n > 1 and len(w) >= MIN_LENGTH and w.isalpha())
        return cls(dict(counts), targets)

    def repair(self, text: tuple[str, ...]) -> tuple[str, ...]:
        """The words, each unknown one replaced by the known word that it most likely is, if there is one."""
        return tuple(word if self._is_known(word) else self._nearest(word) for word in text)

    def _is_known(self, word: str) -> bool:
        return word in self.counts or len(word) < MIN_LENGTH or not word.isalpha()

    def _nearest(self, word: str) -> str:
        """By edit distance with transpositions: one slip in a short word, two from six letters, three from ten."""
        allowed = 1 + (len(word) >= 6) + (len(word) >= 10)  # noqa: PLR2004 - explained above
        found = process.extract(word, self.targets, scorer=OSA.distance, score_cutoff=allowed, limit=8)
        if not found:
            return word
        # The first letter is seldom wrong, and a frequent word is meant more often than a rare one.
        best = min(found, key=lambda f: (f[1] + (f[0][0] != word[0]), -self.counts[f[0]]))
        return str(best[0])
