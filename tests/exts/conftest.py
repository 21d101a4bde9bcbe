"""A simulated Discord around the real bot."""

import json
from dataclasses import dataclass
from typing import Any

import discord
import pytest
import pytest_asyncio
import simcord

from bot.client import CareerBot
from bot.curation.manager import KnowledgeManager
from bot.dialogue.advisor import Advisor
from bot.knowledge.loader import load
from bot.settings import Settings
from tests.conftest import KNOWLEDGE
from tests.small import write
from tests.wire import description


def fitting(advisor):
    """Fits knowledge, but for what this advisor was fitted on already."""

    def fit(knowledge):
        known = knowledge.fingerprint == advisor.knowledge.fingerprint
        return advisor if known else Advisor(knowledge, advisor.matcher.embedder)

    return fit


def build(advisor, folder=KNOWLEDGE, **settings) -> CareerBot:
    """The bot on an advisor that was fitted on a folder."""
    manager = KnowledgeManager(folder, fitting(advisor))
    bot = CareerBot(
        Settings(_env_file=None, **{"cooldown_questions": 100, "quiz_tally": False, "shard_count": 1, **settings}),
        manager,
    )
    BUILT.append(bot)
    return bot


# The simulator never closes a bot, and an open database is a warning.
BUILT = []


@pytest_asyncio.fixture(autouse=True)
async def data_folder(tmp_path, monkeypatch):
    """A data folder for each test; the journals in it are closed afterwards."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    yield tmp_path / "data"
    while BUILT:
        await BUILT.pop().store.close()


@dataclass
class World:
    """A server with a channel, an asker and a stranger, and the bot in it."""

    env: simcord.Env
    guild: Any
    channel: Any
    asker: Any
    stranger: Any

    @property
    def bot(self) -> CareerBot:
        """The bot that runs now."""
        return self.env.bot

    async def mention(self, text: str, actor: Any = None, channel: Any = None) -> discord.Message:
        """Mention the bot with a text; its reply."""
        where = channel or self.channel
        await (actor or self.asker).send(where, f"<@{self.bot.user.id}> {text}")
        return where.last_message


@pytest.fixture
def simcord_bot(advisor, data_folder):  # noqa: ARG001 - its journal is there
    """What simcord's own fixture runs."""
    return build(advisor)


@pytest_asyncio.fixture
async def world(simcord_env):
    """The bot in a small server."""
    simcord_env.settle_timeout = 30
    guild = simcord_env.create_guild("Test server")
    asker, stranger = (guild.add_member(simcord_env.create_user(name)) for name in ("asker", "stranger"))
    yield World(simcord_env, guild, guild.create_text_channel("general"), asker, stranger)
    check_requests(simcord_env)


def check_requests(env):
    """Hold all that the bot sent against Discord's own description, where there is one."""
    if description.FILE:
        found = {f for e in env.http_requests for f in description.faults(e.method, e.path, body_of(e.json))}
        assert sorted(found) == []


def body_of(body):
    """A body as Discord gets it; the simulator keeps it before it becomes JSON."""
    return None if body is None else json.loads(json.dumps(body, default=str))


def items_of(message: discord.Message) -> list[Any]:
    """All components of a message, nested ones too."""
    return list(discord.ui.LayoutView.from_message(message).walk_children())


def text_of(message: discord.Message) -> str:
    """All text that a member reads in a message."""
    shown = [i.content for i in items_of(message) if isinstance(i, discord.ui.TextDisplay)]
    return "\n".join([message.content, *shown]).strip()


def labels_of(message: discord.Message) -> list[str]:
    """The labels of its buttons."""
    return [i.label for i in items_of(message) if isinstance(i, discord.ui.Button)]


def images_of(message: discord.Message) -> list[str]:
    """The descriptions of its pictures."""
    galleries = [i for i in items_of(message) if isinstance(i, discord.ui.MediaGallery)]
    return [item.description for gallery in galleries for item in gallery.items]


@pytest.fixture
def folder(tmp_path):
    """A small knowledge folder of the test's own."""
    return write(tmp_path / "knowledge")


@pytest_asyncio.fixture
async def home(folder):
    """A home server with a moderator, run on the small folder."""
    env = simcord.Env(discord.Client(intents=discord.Intents.none()), check_errors=False, settle_timeout=30)
    await env.start()
    guild = env.create_guild("Home")
    channel = guild.create_text_channel("general")
    role = guild.create_role("Mods", permissions=discord.Permissions(manage_guild=True))
    asker, stranger = (guild.add_member(env.create_user(name)) for name in ("asker", "stranger"))
    world = World(env, guild, channel, asker, stranger)
    world.moderator = guild.add_member(env.create_user("moderator"), roles=[role])
    world.start = lambda **settings: start(world, folder, **settings)
    await world.start()
    yield world
    check_requests(env)
    await env.shutdown()


async def start(world, folder, **settings):
    """Start the bot on what the folder holds, in the place of the one that runs."""
    bot = build(Advisor(load(folder)), folder, home_server=world.guild.id, **settings)
    await world.env.restart_bot(bot)


async def slash(world, command, **options):
    """A moderator's command; its message."""
    result = await world.moderator.slash(world.channel, command, **options)
    assert result.ephemeral
    return result.response.message


async def press(world, message, label=None, custom_id=None):
    """A moderator's press; the message that results."""
    return (await world.moderator.click(message, label=label, custom_id=custom_id)).response.message
