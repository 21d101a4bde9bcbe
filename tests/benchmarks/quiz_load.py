# ruff: noqa: T201 - it prints a table
"""A thousand members play the quiz at once: `python -m tests.benchmarks.quiz_load --members 1000`.

The real process on the wire-level Discord, which refuses what comes later than three seconds. In each round everybody
presses at the same moment; told is the time to the first response, and whether anybody was lost.
"""

import argparse
import asyncio
import random
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bot.journal.store import FILE
from bot.ui import sentences
from tests.conftest import KNOWLEDGE
from tests.wire.conftest import running
from tests.wire.discord_server import DiscordServer
from tests.wire.rest import Asked
from tests.wire.test_process import text_of

PATIENCE = 60


def button_of(message: dict[str, Any], label: str) -> str | None:
    """The custom_id of the button with this label."""
    rows = (row.get("components", ()) for row in message["components"])
    return next((item["custom_id"] for row in rows for item in row if item.get("label") == label), None)


async def answer(server: DiscordServer, shown: Asked, step: int, user: str) -> Asked | None:
    """Press a step, of a statement or of a tie-breaker; None when the quiz is over."""
    custom_ids = (button_of(shown.answers[0], labels[step]) for labels in (sentences.STEPS, sentences.PREFERENCES))
    custom_id = next(filter(None, custom_ids), None)
    return await server.press(shown.answers[0], custom_id, user=user) if custom_id else None


async def together(asked: list[Asked]) -> list[float]:
    """The seconds to the first responses; who never gets one is lost, and named by a TimeoutError."""
    await asyncio.wait_for(asyncio.gather(*(each.done.wait() for each in asked)), PATIENCE)
    return [each.seconds[0] for each in asked]


async def play(count: int, data: Path, folder: Path = KNOWLEDGE) -> tuple[list[list[float]], Counter[str]]:
    """The seconds to each first response by round, and the outcomes."""
    chance = random.Random(1)  # noqa: S311 - nothing is secret here
    users = [str(5 * 10**17 + number) for number in range(count)]
    async with DiscordServer() as server, running(server, folder, data, EMBEDDER="none"):
        shown = {user: await server.slash("quiz", user=user) for user in users}
        rounds, playing = [], dict(shown)
        while playing:
            shown |= playing
            rounds.append(await together(list(playing.values())))
            steps = chance.choices(range(len(sentences.STEPS)), k=len(playing))
            turns = [(u, await answer(server, s, step, u)) for (u, s), step in zip(playing.items(), steps, strict=True)]
            playing = {user: asked for user, asked in turns if asked}
    outcomes = Counter(text_of(each.answers[0]).strip().split("\n")[0] for each in shown.values())
    with closing(sqlite3.connect(data / FILE)) as journal:
        outcomes["counted in the tally"] = journal.execute("SELECT sum(count) FROM tally").fetchone()[0]
    return rounds, outcomes


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=1000)
    count = parser.parse_args().members
    with TemporaryDirectory() as folder:
        rounds, outcomes = asyncio.run(play(count, Path(folder)))
    for number, seconds in enumerate(rounds):
        p50, p99 = np.percentile(seconds, [50, 99])
        told = f"{len(seconds)} responses, p50 {p50:.2f} s, p99 {p99:.2f} s, slowest {max(seconds):.2f} s"
        print(f"round {number:2}: {told}")
    print(dict(outcomes))


if __name__ == "__main__":
    main()
