"""Names of several words, found in a text in one pass: the longest first, not overlapping. Knows nothing of meaning."""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

Phrase = tuple[str, ...]
Value = TypeVar("Value")


class PhraseIndex(Generic[Value]):
    """What each of many names stands for."""

    def __init__(self, names: Mapping[Phrase, Value]) -> None:
        """Index them by their first words, since most words of a text begin none."""
        self.names = {name: value for name, value in names.items() if name}
        lengths: dict[str, set[int]] = {}
        for name in self.names:
            lengths.setdefault(name[0], set()).add(len(name))
        self._lengths = {word: sorted(found, reverse=True) for word, found in lengths.items()}

    def find(self, text: Phrase) -> Iterator[tuple[int, int, Value]]:
        """From and to where each name stands, and what it stands for."""
        end = 0
        for start, word in enumerate(text):
            if start < end or word not in self._lengths:
                continue
            for length in self._lengths[word]:
                name = text[start : start + length]
                if name in self.names:
                    end = start + length
                    yield start, end, self.names[name]
                    break
