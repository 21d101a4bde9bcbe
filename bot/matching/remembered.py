"""A bounded memory of what was computed. Knows nothing of what it keeps."""

from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(dict[Key, Value]):
    """Holds at most so many: when full, it is emptied before the next is kept.

    Not `functools.lru_cache`: around a method that keeps its owner alive in a cycle, and a matcher is large.
    """

    def __init__(self, most: int) -> None:
        """An empty one."""
        super().__init__()
        self._most = most

    def __setitem__(self, key: Key, value: Value) -> None:
        if len(self) >= self._most and key not in self:
            self.clear()
        super().__setitem__(key, value)
