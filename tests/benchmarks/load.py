# ruff: noqa: T201 - it prints a table
"""Load over real sockets, beside a trivial echo bot: `python -m tests.benchmarks.load --members 50 --seconds 8`.

Both are processes of their own on the wire-level Discord, which runs in this process on the same machine: so many
members at once each ask, wait for the first response, and ask again. Told: throughput, and p50, p95, p99 of the first
response.
"""

import argparse
import asyncio
import gc
import itertools
import json
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.conftest import KNOWLEDGE, ROOT
from tests.wire.conftest import Bot, launch
from tests.wire.discord_server import DiscordServer
from tests.wire.payloads import APPLICATION, message_payload, user_of
from tests.wire.rest import Asked

ECHO = """
import logging, os, sys
import discord, yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
Route.BASE = os.environ["DISCORD_API_URL"]
DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])
intents = discord.Intents.none()
intents.guilds = intents.guild_messages = True
client = discord.Client(intents=intents, member_cache_flags=discord.MemberCacheFlags.none(), max_messages=None)
@client.event
async def on_ready():
    print("ready as echo", file=sys.stderr, flush=True)
@client.event
async def on_message(message):
    if client.user in message.mentions:
        await message.reply(message.content, mention_author=False)
@client.event
async def on_interaction(interaction):
    await interaction.response.send_message("echo")
client.run(os.environ["DISCORD_TOKEN"], log_handler=None)
"""
QUESTIONS = [json.loads(line)["q"] for line in (ROOT / "tests/questions/single.jsonl").read_text().splitlines()]
SERVERS = 50
NUMBERS = itertools.count()
RELATED = "show:prompt_engineer.day"
Ask = Callable[[DiscordServer, int], Awaitable[Asked]]


def own_words(number: int) -> str:
    """A question that nobody has asked before: a slip in one of its letters, another each time."""
    question = QUESTIONS[number % len(QUESTIONS)]
    place = number // len(QUESTIONS) % len(question)
    return question[:place] + chr(ord("a") + number % 26) + question[place + 1 :]


async def message(server: DiscordServer, number: int) -> Asked:
    """A mention by a new member, in one of many servers, in words that are new."""
    guild, user = server.guild_ids[number % SERVERS], str(4 * 10**17 + number)
    return await server.mention(own_words(number), guild, user)


async def command(server: DiscordServer, number: int) -> Asked:
    """`/ask`, in words that are new."""
    return await server.slash("ask", {"question": own_words(number)[:1000]}, user=str(4 * 10**17 + number))


async def message_again(server: DiscordServer, number: int) -> Asked:
    """A mention in words that others have used before."""
    guild, user = server.guild_ids[number % SERVERS], str(4 * 10**17 + number)
    return await server.mention(QUESTIONS[number % len(QUESTIONS)], guild, user)


async def press(server: DiscordServer, _: int) -> Asked:
    """A press on a related question."""
    button = {"type": 2, "style": 2, "label": "x", "custom_id": RELATED}
    shown = message_payload("1", "", server.channel_ids[server.home], user_of(APPLICATION, "advisor", bot=True))
    shown["components"] = [{"type": 1, "components": [button]}]
    return await server.press(shown, RELATED)


async def typed(server: DiscordServer, number: int) -> Asked:
    """Autocompletion."""
    value = QUESTIONS[number % len(QUESTIONS)][: 4 + number % 12]
    option = {"name": "question", "type": 3, "value": value, "focused": True}
    return await server.interact(4, {"id": "1", "name": "ask", "type": 1, "options": [option]})


async def load(server: DiscordServer, ask: Ask, members: int, seconds: float) -> tuple[float, list[float]]:
    """Responses a second, and the seconds to each first response."""
    found: list[float] = []
    end = time.perf_counter() + seconds

    async def member() -> None:
        while time.perf_counter() < end:
            asked = await ask(server, next(NUMBERS))
            await asyncio.wait_for(asked.done.wait(), 30)
            found.append(asked.seconds[0])

    start = time.perf_counter()
    await asyncio.gather(*(member() for _ in range(members)))
    return len(found) / (time.perf_counter() - start), found


async def echo(server: DiscordServer) -> Bot:
    """The trivial bot."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", ECHO, env=server.environment, stderr=asyncio.subprocess.PIPE
    )
    return Bot(process)


async def measure(kinds: list[Ask], members: int, seconds: float) -> None:
    """Print a table: each kind of load, by both bots."""
    gc.disable()  # this process's own pauses are not the bots'
    print("| load | bot | a second | of echo | p50 ms | p95 ms | p99 ms | MiB |\n|---|---|--:|--:|--:|--:|--:|--:|")
    rates: dict[str, float] = {}
    for name in ("echo", "advisor"):
        with TemporaryDirectory() as data:
            async with DiscordServer(guilds=SERVERS) as server:
                bot = await (echo(server) if name == "echo" else launch(server, KNOWLEDGE, Path(data), EMBEDDER="auto"))
                await bot.says("ready as")
                for ask in kinds:
                    await load(server, ask, members, seconds / 2)
                    rate, waits = await load(server, ask, members, seconds)
                    rates.setdefault(ask.__name__, rate)
                    p50, p95, p99 = 1000 * np.percentile(waits, [50, 95, 99])
                    share = 100 * rate / rates[ask.__name__]
                    what = f"| {ask.__name__} | {name} | {rate:,.0f} | {share:.0f} %"
                    print(f"{what} | {p50:.0f} | {p95:.0f} | {p99:.0f} | {bot.memory:.0f} |")
                await bot.stop()


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=8)
    given = parser.parse_args()
    asyncio.run(measure([message, message_again, command, press, typed], given.members, given.seconds))


if __name__ == "__main__":
    main()
