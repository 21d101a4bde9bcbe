# ruff: noqa: T201 - it prints a table
"""Does memory stay flat? `python -m tests.benchmarks.soak --minutes 30 --rate 20`: a mix of everything, evenly.

The real process on the wire-level Discord: questions in new words, commands, presses, half-typed questions.
"""

import argparse
import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.benchmarks.load import SERVERS, command, message, press, typed
from tests.conftest import KNOWLEDGE
from tests.wire.conftest import running
from tests.wire.discord_server import DiscordServer
from tests.wire.rest import Asked

KINDS = (message, command, press, typed)


async def soak(minutes: float, rate: float, every: float = 60) -> None:
    """Print a row every so many seconds: answers so far, memory, the slowest since the last row."""
    print("| minute | answers | MiB | p99 ms | lost |\n|--:|--:|--:|--:|--:|")
    with TemporaryDirectory() as place:
        async with (
            DiscordServer(guilds=SERVERS) as server,
            running(server, KNOWLEDGE, Path(place), EMBEDDER="auto") as bot,
        ):
            start, minute, answers = time.perf_counter(), 0.0, 0
            while minute < minutes:
                asked = await spell(server, answers, rate, every)
                waits = [each.seconds[0] for each in asked if each.answers]
                answers += len(waits)
                minute = (time.perf_counter() - start) / 60
                slow, lost = 1000 * np.percentile(waits, 99), len(asked) - len(waits)
                print(f"| {minute:.1f} | {answers} | {bot.memory:.0f} | {slow:.0f} | {lost} |", flush=True)


async def spell(server: DiscordServer, first: int, rate: float, seconds: float) -> list[Asked]:
    """What was asked for so many seconds, each kind in turn; the server then forgets it."""
    asked: list[Asked] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        asked.append(await KINDS[len(asked) % len(KINDS)](server, first + len(asked)))
        await asyncio.sleep(1 / rate)
    await asyncio.wait([asyncio.create_task(each.done.wait()) for each in asked], timeout=5)
    for kept in (server.asked, server.requests, server.messages, server._nonces):
        kept.clear()
    return asked


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=20, help="how many a second")
    given = parser.parse_args()
    asyncio.run(soak(given.minutes, given.rate))


if __name__ == "__main__":
    main()
