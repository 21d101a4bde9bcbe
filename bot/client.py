"""The Discord client: intents, wiring of the parts, command sync. Holds no logic of a feature."""

import asyncio
import datetime as dt
import logging

import discord
from discord.ext import commands

from bot.advisor.advisor import Advisor
from bot.cogs.browsing import Browsing
from bot.cogs.information import Information
from bot.cogs.questions import Questions
from bot.cogs.quiz import FitQuiz
from bot.conversations import Conversations
from bot.cooldown import Cooldown
from bot.journal.misses import Misses
from bot.journal.tally import Tally
from bot.settings import Settings
from bot.tree import Tree
from bot.ui.buttons import ITEMS
from bot.ui.quiz_buttons import QUIZ_ITEMS
from bot.ui.quiz_play import QuizPlay
from bot.ui.responder import Responder

log = logging.getLogger(__name__)


def intents_for(settings: Settings) -> discord.Intents:
    """The intents that are needed, none of them privileged unless there are ask channels."""
    intents = discord.Intents.none()
    intents.guilds = True
    intents.guild_messages = True
    intents.dm_messages = True
    intents.message_content = bool(settings.ask_channels)
    return intents


def today() -> dt.date:
    """The day, in UTC."""
    return dt.datetime.now(dt.UTC).date()


class CareerBot(commands.Bot):
    """The career advisor on Discord."""

    def __init__(self, settings: Settings, advisor: Advisor) -> None:
        """Put the parts together. Connects to nothing yet."""
        super().__init__(
            command_prefix=(),
            help_command=None,
            tree_cls=Tree,
            intents=intents_for(settings),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            activity=discord.CustomActivity("Ask me about AI careers: /ask"),
        )
        self.settings = settings
        conversations = Conversations(settings.conversation_minutes * 60, self._now)
        self.responder = Responder(advisor, conversations, Misses())
        tally = Tally(settings.data_dir) if settings.quiz_tally else None
        self.quiz_play = QuizPlay(self.responder, settings.key("quiz"), tally, today)
        self._warming: asyncio.Task[None] | None = None

    def _now(self) -> float:
        return self.loop.time()

    async def setup_hook(self) -> None:
        """Add the features and tell Discord of the commands. A failing part stops the start."""
        settings = self.settings
        cooldown = Cooldown(settings.cooldown_questions, settings.cooldown_seconds, self._now)
        await self.add_cog(Questions(self, self.responder, cooldown, settings.ask_channels))
        await self.add_cog(Browsing(self.responder))
        await self.add_cog(Information(self.responder, settings.conversation_minutes))
        await self.add_cog(FitQuiz(self.quiz_play))
        self.add_dynamic_items(*ITEMS, *QUIZ_ITEMS)
        await self.tree.sync()
        self._warming = asyncio.create_task(self.responder.warm_up())

    async def on_ready(self) -> None:
        """Say so in the log."""
        log.info("ready as %s, in %s servers", self.user, len(self.guilds))

    async def on_message(self, message: discord.Message, /) -> None:
        """Replace the framework's reading of prefix commands: there are none."""
