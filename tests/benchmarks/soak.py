# ruff: noqa: T201 - it prints a table
"""Does memory stay flat? `python -m tests.benchmarks.soak --minutes 30 --rate 20`: a mix of everything, evenly.

The real process on the wire-level Discord: questions in new words, commands, presses, half-typed questions.
"""

import argparse
import asyncio
import itertools
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.benchmarks.load import SERVERS, command, message, press, typed
from tests.conftest import KNOWLEDGE
from tests.wire.conftest import running
from tests.wire.discord_server import DiscordServer

KINDS = (message, command, press, typed)


async def soak(minutes: float, rate: float, every: float = 60) -> None:
    """Print a row every so many seconds: answers so far, memory, the slowest since the last row."""
    server = DiscordServer(guilds=SERVERS)
    await server.start()
    print("| minute | answers | MiB | p99 ms | lost |\n|--:|--:|--:|--:|--:|")
    with TemporaryDirectory() as data:
        async with running(server, KNOWLEDGE, Path(data), EMBEDDER="auto") as bot:
            start, answers = time.perf_counter(), 0
            for row in itertools.count(1):
                asked = []
                while time.perf_counter() - start < row * every:
                    asked.append(await KINDS[len(asked) % len(KINDS)](server, answers + len(asked)))
                    await asyncio.sleep(1 / rate)
                await asyncio.wait([asyncio.create_task(each.done.wait()) for each in asked], timeout=5)
                lost = sum(not each.answers for each in asked)
                answers += len(asked) - lost
                slow = 1000 * np.percentile([each.seconds[0] for each in asked if each.answers], 99)
                minute = (time.perf_counter() - start) / 60
                print(f"| {minute:.1f} | {answers} | {bot.memory:.0f} | {slow:.0f} | {lost} |", flush=True)
                for kept in (server.asked, server.requests, server.messages, server._nonces):
                    kept.clear()
                if minute >= minutes:
                    break
    await server.stop()


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=20, help="how many a second")
    given = parser.parse_args()
    asyncio.run(soak(given.minutes, given.rate))


if __name__ == "__main__":
    main()
