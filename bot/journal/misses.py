"""The questions that got no good answer, for moderators. In memory and bounded: a restart forgets them."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

MAX_MISSES = 1000


@dataclass(frozen=True)
class Miss:
    """A question that was declined, clarified or marked "not what I meant", and the entries that were shown."""

    question: str
    outcome: str
    entries: tuple[str, ...]


class Misses:
    """The latest misses, oldest first."""

    def __init__(self) -> None:
        """Begin empty."""
        self._kept: deque[Miss] = deque(maxlen=MAX_MISSES)

    def note(self, miss: Miss) -> None:
        """Keep a miss."""
        self._kept.append(miss)

    def __iter__(self) -> Iterator[Miss]:
        """All that are kept."""
        return iter(tuple(self._kept))

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)
