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
    """So many questions in so many seconds, for each member or channel; as many more wait for their turn."""

    def __init__(self, questions: int, seconds: float, clock: Clock) -> None:
        """Allow `questions` in any `seconds`, by this clock."""
        self._questions, self._seconds, self._clock = questions, seconds, clock
        # The turns of the latest questions of each; those that wait have theirs in the future.
        self._turns: TTLCache[int, tuple[float, ...], float] = TTLCache(math.inf, 2 * seconds, clock)

    def wait(self, asker: int) -> float | None:
        """Take a turn for a question: seconds until it comes (0: go ahead); None where as many wait already."""
        now = self._clock()
        turns = self._turns.get(asker, ())
        turn = now if len(turns) < self._questions else max(now, turns[-self._questions] + self._seconds)
        if turn - now > self._seconds:
            return None
        self._turns[asker] = (*turns, turn)[-self._questions :]
        return turn - now
