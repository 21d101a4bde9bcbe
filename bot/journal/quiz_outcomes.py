"""How often each outcome of the quiz came, by server and day. Nothing about members."""

from dataclasses import dataclass

import sqlalchemy as sa

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
        await self._store.flush()
        total = sa.func.sum(tally.c.count)
        statement = sa.select(tally.c.outcome, total).where(tally.c.server == server).group_by(tally.c.outcome)
        return {outcome: int(number) for outcome, number in await self._store.execute(statement)}
