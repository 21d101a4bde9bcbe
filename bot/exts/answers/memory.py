"""What is known of members for a while, in memory only: their conversations, and how often they asked.

The clock arrives as an argument, so that tests and the preview can run it. Knows no Discord.
"""

import math
from collections.abc import Callable

from cachetools import TTLCache

from bot.dialogue.records import Conversation

MAX_CONVERSATIONS = 10_000
Clock = Callable[[], float]
# By whom, and where.
Key = tuple[int, int | None]


class Conversations(TTLCache[Key, Conversation, float]):
    """The latest state of each conversation, a fresh one at first; of too many, the longest silent one goes."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        """Forget a conversation after so many seconds of silence, by this clock."""
        super().__init__(MAX_CONVERSATIONS, seconds, clock)

    def __missing__(self, _: Key) -> Conversation:
        return Conversation()

    def forget(self, member: int) -> None:
        """Forget the conversations of a member."""
        for key in [key for key in self if key[0] == member]:
            self.pop(key, None)


class Cooldown:
    """So many questions in so many seconds, for each member."""

    def __init__(self, questions: int, seconds: float, clock: Clock) -> None:
        """Allow `questions` in any `seconds`, by this clock."""
        self._questions, self._seconds, self._clock = questions, seconds, clock
        self._asked: TTLCache[int, tuple[float, ...], float] = TTLCache(math.inf, seconds, clock)
        self._told: TTLCache[int, float, float] = TTLCache(math.inf, seconds, clock)

    def wait(self, member: int) -> tuple[int, bool]:
        """Count a question: whole seconds to wait (0: go ahead), and whether the member has yet to be told so."""
        now = self._clock()
        asked = tuple(at for at in self._asked.get(member, ()) if now - at < self._seconds)
        if len(asked) < self._questions:
            self._asked[member] = (*asked, now)
            return 0, False
        until = asked[0] + self._seconds
        first = self._told.get(member) != until
        self._told[member] = until
        return max(1, math.ceil(until - now)), first
