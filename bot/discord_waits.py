"""How long discord.py waits: bounded before it reconnects, and for a channel's rate limit without being refused.

Knows nothing of the bot. discord.py offers no setting for either, so its classes are put in the place of these.
"""

import asyncio
from typing import Literal

import aiohttp
import discord.http
import discord.shard
from discord.backoff import ExponentialBackoff

LONGEST_WAIT_SECONDS = 60.0


class Backoff(ExponentialBackoff[Literal[False]]):
    """The waits between two tries to reconnect, which would grow to 17 minutes: bounded."""

    def delay(self) -> float:
        """The seconds until the next try."""
        return min(super().delay(), LONGEST_WAIT_SECONDS)


class Ratelimit(discord.http.Ratelimit):
    """The count of what may still be sent; discord.py's own forgets requests that are on their way.

    The first answer in a window says that four of five are left, whatever was sent meanwhile; and who slept until the
    end of one window would begin the next one anew, though others have sent in it.
    """

    __slots__ = ()

    def update(self, response: aiohttp.ClientResponse, *, use_clock: bool = False) -> None:
        """Learn from an answer's headers, which can only lower what is left of a limit that is known."""
        known, left = self.limit, self.remaining
        super().update(response, use_clock=use_clock)
        self.remaining = min(self.remaining, left if self.limit == known else self.limit - self.outgoing)

    async def _refresh(self) -> None:
        """Begin a new window once the latest that is known has ended, and let those who wait send."""
        async with self._sleeping:
            while self.expires is not None and not self.is_expired():  # noqa: ASYNC110 - the end may be put off
                await asyncio.sleep(self.expires - self._loop.time())
        self.reset()  # type: ignore[no-untyped-call]
        self._wake(self.remaining)


def bound_waits() -> None:
    """Put these in the place of discord.py's own."""
    for module, waits in ((discord.shard, {"ExponentialBackoff": Backoff}), (discord.http, {"Ratelimit": Ratelimit})):
        for name, own in waits.items():
            setattr(module, name, own)
