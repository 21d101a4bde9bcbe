"""The conversations that are going on: bounded, and forgotten after a time. In memory only; knows no Discord.

The clock arrives as an argument, so that tests and the preview can run it.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable

from bot.dialogue.records import Conversation

MAX_CONVERSATIONS = 10_000


class Conversations:
    """The latest state of each conversation, by any key."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        """Forget a conversation after so many seconds of silence, by this clock."""
        self._seconds = seconds
        self._clock = clock
        self._kept: OrderedDict[Hashable, tuple[float, Conversation]] = OrderedDict()

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)

    def get(self, key: Hashable) -> Conversation:
        """The conversation under this key; a fresh one where there is none or its time is over."""
        since, conversation = self._kept.get(key, (0.0, Conversation()))
        return conversation if self._clock() - since < self._seconds else Conversation()

    def forget(self, concerned: Callable[[Hashable], bool]) -> None:
        """Forget the conversations whose key is concerned."""
        for key in [key for key in self._kept if concerned(key)]:
            del self._kept[key]

    def put(self, key: Hashable, conversation: Conversation) -> None:
        """Keep the new state; the longest silent one goes when there are too many."""
        self._kept[key] = (self._clock(), conversation)
        self._kept.move_to_end(key)
        while len(self._kept) > MAX_CONVERSATIONS:
            self._kept.popitem(last=False)
