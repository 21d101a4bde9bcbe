# ruff: noqa: T201 - it prints a table
"""How long the bot holds up everybody: `python -m tests.benchmarks.pauses`.

The real process on the wire-level Discord. One cheap autocompletion after the other is asked for; the slowest answer is
the longest pause of the event loop, and what two processes on one machine take from each other.
"""

import asyncio
import gc
import itertools
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bot.ui import sentences
from tests.benchmarks.quiz_load import answer
from tests.conftest import KNOWLEDGE
from tests.wire.conftest import Bot, running
from tests.wire.discord_server import DiscordServer

TIMES, QUIET_SECONDS = 5, 3
EMPTY = {"name": "question", "type": 3, "value": "", "focused": True}


async def probed(server: DiscordServer, until: Callable[[], object]) -> list[float]:
    """Milliseconds of each answer until something is so."""
    found = []
    while not until():
        asked = await server.interact(4, {"id": "1", "name": "ask", "type": 1, "options": [EMPTY]})
        await asyncio.wait_for(asked.done.wait(), 30)
        found.append(1000 * asked.seconds[0])
        await asyncio.sleep(0.001)
    return found


def tell(what: str, found: list[float]) -> None:
    """A row."""
    p50, p99 = np.percentile(found, [50, 99])
    print(f"| {what} | {len(found)} | {p50:.1f} | {p99:.1f} | {max(found):.1f} |")


async def reload(server: DiscordServer, bot: Bot, folder: Path, number: int) -> list[float]:
    """While an edited file is loaded and fitted."""
    file = folder / "answers" / "salary.yaml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n# {number}\n", encoding="utf-8")
    return await probed(server, lambda: len(bot.said("is in use")) > number)


async def chart(server: DiscordServer, number: int) -> list[float]:
    """While the picture of a result is drawn."""
    user, shown = str(6 * 10**17 + number), await server.slash("quiz", user=str(6 * 10**17 + number))
    await shown.done.wait()
    steps = itertools.cycle(random.Random(number).choices(range(len(sentences.STEPS)), k=7))  # noqa: S311 - nothing is secret here
    while asked := await answer(server, shown, next(steps), user):
        await asked.done.wait()
        shown = asked
    return await probed(server, lambda: len(shown.answers) > 1)


async def measure() -> None:
    """Print the table."""
    gc.disable()  # this process's own pauses are not the bot's
    with TemporaryDirectory() as place:
        folder, data = Path(place) / "knowledge", Path(place) / "data"
        shutil.copytree(KNOWLEDGE, folder)
        async with DiscordServer() as server, running(server, folder, data, EMBEDDER="auto") as bot:
            print("| while | answers | p50 ms | p99 ms | slowest ms |\n|---|--:|--:|--:|--:|")
            end = time.perf_counter() + QUIET_SECONDS
            tell("nothing else goes on", await probed(server, lambda: time.perf_counter() > end))
            for number in range(TIMES):
                tell(f"reload {number + 1}", await reload(server, bot, folder, number))
            for number in range(TIMES):
                tell(f"picture {number + 1}", await chart(server, number))
            print(f"{bot.memory:.0f} MiB at the end")


if __name__ == "__main__":
    asyncio.run(measure())
