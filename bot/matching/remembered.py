"""The latest results of a calculation, by what it was made of. Threads may share it.

cachetools' own decorator of methods ties each object to itself, so that what an edit replaces would stay in memory
until the garbage collector's rarest round.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """So many results, those that were not asked for of late forgotten."""

    def __init__(self, size: int) -> None:
        """Remember nothing yet."""
        self._kept: LRUCache[Key, Value] = LRUCache(size)
        self._lock = Lock()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """The result for this key, made now if it is not remembered; two threads may both make it."""
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            found = make()
            with self._lock:
                self._kept[key] = found
        return found
