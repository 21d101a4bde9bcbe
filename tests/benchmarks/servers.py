# ruff: noqa: T201 - it prints a table
"""How much memory servers take: `python -m tests.benchmarks.servers`.

The real process on the wire-level Discord, in more and more servers of 40 channels, 40 roles and 40 members that
Discord tells of. Members and messages are not kept; what is left is what a reply needs: channels, roles, permissions.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conftest import KNOWLEDGE
from tests.wire.conftest import running
from tests.wire.discord_server import DiscordServer
from tests.wire.test_process import answered

COUNTS = (1, 500, 1000, 2500)


async def memory(guilds: int, embedder: str = "auto") -> float:
    """MiB of a process that has answered in the last of so many servers."""
    with TemporaryDirectory() as place:
        async with (
            DiscordServer(guilds=guilds, size=40) as server,
            running(server, KNOWLEDGE, Path(place), EMBEDDER=embedder) as bot,
        ):
            await answered(await server.mention("who suits AI engineering", server.guild_ids[-1]), 120)
            return bot.memory


async def measure(counts: Sequence[int] = COUNTS, embedder: str = "auto") -> None:
    """Print the table."""
    print("| servers | MiB | KiB a server |\n|--:|--:|--:|")
    alone = await memory(counts[0], embedder)
    print(f"| {counts[0]:,} | {alone:.0f} | |")
    for count in counts[1:]:
        found = await memory(count, embedder)
        print(f"| {count:,} | {found:.0f} | {1024 * (found - alone) / (count - counts[0]):.0f} |")


if __name__ == "__main__":
    asyncio.run(measure())
