"""How often each outcome of the quiz came, by server and day. Nothing about members."""

from dataclasses import dataclass

from bot.journal.store import Store
from bot.journal.tables import tally


@dataclass(frozen=True)
class QuizOutcomes:
    """Counts outcomes."""

    _store: Store

    def add(self, server: int, outcome: str) -> None:
        """Count an outcome."""
        self._store.count(tally, server=server, day=self._store.now().date(), outcome=outcome)

    async def of(self, server: int) -> dict[str, int]:
        """The counts of a server over all days. Raises JournalError."""
        return await self._store.totals(tally, tally.c.server == server)
