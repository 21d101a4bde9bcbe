"""A thousand members play the quiz at once: `python -m tests.benchmarks.quiz_load --members 1000`.

The real bot in the simulated Discord, in one process. In each round everybody presses at the same moment; told is the
time from that moment to the first response, the simulator's own work included, and whether anybody was lost.
"""

import argparse
import asyncio
import random
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import discord
import numpy as np
import simcord

from bot.advisor.advisor import Advisor
from bot.embedders.choice import EmbedderChoice, choose
from bot.knowledge.loader import load
from bot.ui import sentences
from tests.conftest import KNOWLEDGE
from tests.discord.conftest import build, text_of

SETTLE_SECONDS = 600


class Watch:
    """Notes when first responses were delivered."""

    def __init__(self) -> None:
        self.start, self.seconds = 0.0, []

    @contextmanager
    def watching(self):
        """While it lasts, responses are noted."""
        kept = {name: getattr(discord.InteractionResponse, name) for name in ("send_message", "edit_message")}
        for name, respond in kept.items():
            setattr(discord.InteractionResponse, name, self._noting(respond))
        try:
            yield self
        finally:
            for name, respond in kept.items():
                setattr(discord.InteractionResponse, name, respond)

    def _noting(self, respond):
        async def noted(*arguments, **options):
            found = await respond(*arguments, **options)
            self.seconds.append(time.perf_counter() - self.start)
            return found

        return noted

    async def round(self, env, presses):
        """Everybody at once: the simulator hands out all presses before it lets the bot work. Their messages."""
        settle, env._settle_internal = env._settle_internal, _at_once
        results = [await press for press in presses]
        env._settle_internal = settle
        self.start = time.perf_counter()
        await env.settle()
        return [result.response.message for result in results]


async def _at_once(**_):
    """Wait for nothing."""


async def play(advisor: Advisor, count: int, folder: Path) -> tuple[list[list[float]], Counter[str]]:
    """The seconds to each first response by round, and the outcomes."""
    rounds: list[list[float]] = []
    chance = random.Random(1)  # noqa: S311 - nothing is secret here
    bot = build(advisor, quiz_tally=True, data_dir=folder)
    async with simcord.run(bot) as env:
        env.settle_timeout = SETTLE_SECONDS
        guild = env.create_guild("Everybody")
        channel = guild.create_text_channel("general")
        members = [guild.add_member(env.create_user(f"member {number}")) for number in range(count)]
        with Watch().watching() as watch:
            messages = await watch.round(env, (member.slash(channel, "quiz") for member in members))
            rounds.append(watch.seconds)
            for _ in advisor.knowledge.quiz.statements:
                watch.seconds = []
                labels = chance.choices(sentences.STEPS, k=count)
                clicks = zip(members, messages, labels, strict=True)
                messages = await watch.round(env, (m.click(message, label=label) for m, message, label in clicks))
                rounds.append(watch.seconds)
        outcomes = Counter(text_of(message).split("\n")[0] for message in messages)
        outcomes["counted in the tally"] = sum((await env.bot.quiz_play.tally.of(guild.id)).values())
        await bot.store.close()
    return rounds, outcomes


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=1000)
    count = parser.parse_args().members
    advisor = Advisor(load(KNOWLEDGE), choose(EmbedderChoice.NONE, Path("data")))
    with TemporaryDirectory() as folder:
        rounds, outcomes = asyncio.run(play(advisor, count, Path(folder)))
    for number, seconds in enumerate(rounds):
        p50, p99 = np.percentile(seconds, [50, 99])
        told = f"{len(seconds)} responses, p50 {p50:.2f} s, p99 {p99:.2f} s, slowest {max(seconds):.2f} s"
        print(f"round {number:2}: {told}")  # noqa: T201
    print(dict(outcomes))  # noqa: T201


if __name__ == "__main__":
    main()
