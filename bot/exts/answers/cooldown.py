"""How often a member may ask. In memory; the clock arrives as an argument. Knows no Discord."""

import math
from collections.abc import Callable

PRUNE_AT = 1000


class Cooldown:
    """So many questions in so many seconds, for each member."""

    def __init__(self, questions: int, seconds: float, clock: Callable[[], float]) -> None:
        """Allow `questions` in any `seconds`, by this clock."""
        self._questions = questions
        self._seconds = seconds
        self._clock = clock
        self._asked: dict[int, tuple[float, ...]] = {}
        self._told: dict[int, float] = {}
        self._prune_at = PRUNE_AT

    def wait(self, member: int) -> tuple[int, bool]:
        """Count a question: whole seconds to wait (0: go ahead), and whether the member has yet to be told so."""
        now = self._clock()
        self._prune(now)
        asked = tuple(at for at in self._asked.get(member, ()) if now - at < self._seconds)
        if len(asked) < self._questions:
            self._asked[member] = (*asked, now)
            return 0, False
        until = asked[0] + self._seconds
        first = self._told.get(member, 0.0) != until
        self._told[member] = until
        return max(1, math.ceil(until - now)), first

    def _prune(self, now: float) -> None:
        """Forget members whose time is over, now and then."""
        if len(self._asked) >= self._prune_at:
            self._asked = {m: a for m, a in self._asked.items() if now - a[-1] < self._seconds}
            self._told = {m: until for m, until in self._told.items() if until > now}
            self._prune_at = max(PRUNE_AT, 2 * len(self._asked))
