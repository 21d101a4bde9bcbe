# ruff: noqa: T201 - it prints a table
"""Does it last? `python -m tests.benchmarks.soak --minutes 60 --rate 20`: a mix of everything, evenly, for long.

The real process on the wire-level Discord: questions in new words, commands, presses, half-typed questions, a quiz in
each row; every fifth row a moderator edits a file by hand; at half time the bot is stopped and started again. Told:
memory, what was lost or answered twice, whether the edits live, and whether the journal counted every question.
"""

import argparse
import asyncio
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bot.journal.store import FILE
from bot.knowledge.writing import add_phrasing
from tests.benchmarks.load import SERVERS, command, message, press, typed
from tests.benchmarks.quiz_load import answer
from tests.conftest import KNOWLEDGE
from tests.wire.conftest import running
from tests.wire.discord_server import DiscordServer
from tests.wire.rest import Asked
from tests.wire.test_process import text_of

KINDS = (message, command, press, typed)
# Only the first two are questions, which the journal counts.
QUESTIONS_OF_KINDS = 2
ROWS_TO_AN_EDIT = 5
EDITED, ENTRY, SHOWN = "answers/overview.yaml", "overview.analogy", "car"


class Soak:
    """A soak under way: what was asked and answered so far."""

    def __init__(self, server: DiscordServer, place: Path, rate: float, every: float) -> None:
        self.server, self.folder, self.data, self.rate, self.every = server, place / "knowledge", place, rate, every
        shutil.copytree(KNOWLEDGE, self.folder)
        self.start, self.answers, self.questions, self.edits, self.living = time.perf_counter(), 0, 0, 0, 0

    async def run(self, minutes: float) -> None:
        """For so many minutes with one bot; a row every so many seconds."""
        async with running(self.server, self.folder, self.data, EMBEDDER="auto") as bot:
            end, row = time.perf_counter() + 60 * minutes, 0
            while time.perf_counter() < end:
                if row % ROWS_TO_AN_EDIT == 1:
                    self.edit()
                asked, _ = await asyncio.gather(self.spell(), self.quiz(row))
                await self.check_edit()
                waits = [each.seconds[0] for each in asked if each.answers]
                self.answers += len(waits)
                lost, twice = len(asked) - len(waits), sum(len(each.answers) > 1 for each in asked)
                minute, slow = (time.perf_counter() - self.start) / 60, 1000 * np.percentile(waits, 99)
                told = f"{bot.memory:.0f} | {slow:.0f} | {lost} | {twice} | {self.living} of {self.edits}"
                print(f"| {minute:.1f} | {self.answers} | {told} |", flush=True)
                row += 1

    def edit(self) -> None:
        """A moderator adds a phrasing with an editor."""
        file = self.folder / EDITED
        self.edits += 1
        file.write_bytes(add_phrasing(file.read_bytes(), ENTRY, self.taught()))

    def taught(self) -> str:
        """The phrasing of the last edit."""
        return f"zorbing wombat {'x' * self.edits}"

    async def check_edit(self) -> None:
        """Whether what was taught last is answered."""
        asked = await self.server.mention(self.taught())
        await asyncio.wait_for(asked.done.wait(), 5)
        self.questions += 1
        if SHOWN in text_of(asked.answers[0]):
            self.living = self.edits

    async def spell(self) -> list[Asked]:
        """What was asked for so many seconds, each kind in turn; the server then forgets it."""
        server, asked = self.server, []
        end = time.perf_counter() + self.every
        while time.perf_counter() < end:
            kind = len(asked) % len(KINDS)
            asked.append(await KINDS[kind](server, self.answers + len(asked)))
            self.questions += kind < QUESTIONS_OF_KINDS
            await asyncio.sleep(1 / self.rate)
        await asyncio.wait([asyncio.create_task(each.done.wait()) for each in asked], timeout=5)
        for kept in (server.asked, server.requests, server.messages, server._nonces):
            kept.clear()
        return asked

    async def quiz(self, row: int) -> None:
        """One member plays the quiz to its end."""
        user = str(5 * 10**17 + row)
        playing: Asked | None = await self.server.slash("quiz", user=user)
        while playing:
            await asyncio.wait_for(playing.done.wait(), 5)
            playing = await answer(self.server, playing, row % 5, user)

    def counted(self) -> int:
        """How many questions the journal has counted."""
        with closing(sqlite3.connect(self.data / FILE)) as journal:
            return int(journal.execute("SELECT sum(count) FROM counts").fetchone()[0])


async def soak(minutes: float, rate: float, every: float = 60) -> None:
    """Print a row every so many seconds, over a restart at half time; then what the journal kept."""
    print("| minute | answers | MiB | p99 ms | lost | twice | edits that live |\n|--:|--:|--:|--:|--:|--:|--:|")
    with TemporaryDirectory() as place:
        async with DiscordServer(guilds=SERVERS) as server:
            soaking = Soak(server, Path(place), rate, every)
            for _ in range(2):
                await soaking.run(minutes / 2)
        print(f"{soaking.questions} questions asked, {soaking.counted()} counted in the journal")


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--rate", type=float, default=20, help="how many a second")
    given = parser.parse_args()
    asyncio.run(soak(given.minutes, given.rate))


if __name__ == "__main__":
    main()
