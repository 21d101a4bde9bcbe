"""Typo repair against the knowledge's own words (rapidfuzz).

A word that nobody used becomes the known word that it most likely is. A rare word one slip away from a very frequent
one is that one: people who wrote the phrasings made slips, too.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.remembered import Remembered

MIN_LENGTH = 3
SHORT = 4
# So many times more frequent is the word that a rare one is taken for.
MUCH_MORE_FREQUENT = 25
# Words that nobody used, with what they mean: a message's are asked for again with each of its parts.
REMEMBERED = 4096


class Spelling:
    """How often each word occurs; the words that are trusted as a repair, and those frequent enough to draw others."""

    def __init__(self, texts: Iterable[tuple[str, ...]]) -> None:
        """Learn from the words of all phrasings. Only words that occur twice are trusted."""
        self.counts = Counter(word for text in texts for word in text)
        trusted = [w for w, n in self.counts.most_common() if n > 1 and _is_repairable(w)]
        self._by_frequency = trusted
        self._trusted = _by_length(trusted, _slips)
        self._frequent = _by_length([w for w in trusted if self.counts[w] >= MUCH_MORE_FREQUENT], lambda _: 1)
        self._strange = Remembered[str, str](REMEMBERED)
        self._meant = {word: self._repaired(word) for word in self.counts if _is_repairable(word)}

    def repair(self, text: tuple[str, ...]) -> tuple[str, ...]:
        """The words, each unknown or doubtful one replaced by the known word that it most likely is, if any."""
        return tuple(self._meant.get(word) or self._strange.get(word) or self._learned(word) for word in text)

    def completed(self, beginning: str) -> str:
        """The most frequent known word that begins so, or the beginning itself."""
        return next((word for word in self._by_frequency if word.startswith(beginning)), beginning)

    def _learned(self, word: str) -> str:
        self._strange[word] = meant = self._repaired(word) if _is_repairable(word) else word
        return meant

    def _repaired(self, word: str) -> str:
        count = self.counts.get(word, 0)
        if not count:
            return self._nearest(word, self._trusted, _slips(len(word)))
        meant = self._nearest(word, self._frequent, 1)
        return meant if self.counts[meant] >= MUCH_MORE_FREQUENT * count else word

    def _nearest(self, word: str, known: Mapping[int, tuple[str, ...]], slips: int) -> str:
        """The known word within so many slips (insertion, deletion, exchange, transposition), or the word itself."""
        found = process.extract(word, known.get(len(word), ()), scorer=OSA.distance, score_cutoff=slips, limit=8)
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


def _by_length(known: Sequence[str], slips: Callable[[int], int]) -> dict[int, tuple[str, ...]]:
    """For words of each length the known ones that are not too long or too short to be meant, in order."""
    lengths = range(max(map(len, known), default=0) + slips(1000) + 1)
    return {length: tuple(w for w in known if abs(len(w) - length) <= slips(length)) for length in lengths}


def _is_repairable(word: str) -> bool:
    return len(word) >= MIN_LENGTH and word.isalpha()
