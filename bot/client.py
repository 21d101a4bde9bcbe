"""The Discord client: intents, wiring of the parts, command sync. Holds no logic of a feature."""

import asyncio
import datetime as dt
import logging
from collections.abc import Sequence
from functools import partial

import discord
from discord import ui
from discord.ext import commands

from bot.command_tree import CommandTree
from bot.curation.edit_hook import run_hook
from bot.curation.manager import KnowledgeManager
from bot.exts.answers.cog import Answers
from bot.exts.answers.components import ITEMS
from bot.exts.answers.layouts import answer_layout
from bot.exts.answers.memory import Conversations, Cooldown
from bot.exts.answers.responder import Responder
from bot.exts.curation.clusters import OpenClusters
from bot.exts.curation.cog import CurationCommands
from bot.exts.curation.components import CURATION_ITEMS
from bot.exts.curation.decisions import Decisions
from bot.exts.curation.moderators import Moderators
from bot.exts.curation.screens import Curation
from bot.exts.information.cog import Information
from bot.exts.quiz.cog import FitQuiz
from bot.exts.quiz.components import QUIZ_ITEMS
from bot.journal.history import History
from bot.journal.questions import QuestionLog
from bot.journal.quiz_outcomes import QuizOutcomes
from bot.journal.store import Store, url_of
from bot.knowledge.records import KnowledgeBase
from bot.metrics import Metrics
from bot.settings import Settings

log = logging.getLogger(__name__)

# In a channel, so many members may ask as much as they may: about what Discord lets a bot send there.
MEMBERS_AT_ONCE = 4
# It counts as ready when no server has been added for so long; answering needs none of them.
GUILDS_SECONDS = 0.5


def intents_for(settings: Settings) -> discord.Intents:
    """The intents that are needed, none of them privileged unless there are ask channels."""
    intents = discord.Intents.none()
    intents.guilds = intents.guild_messages = intents.dm_messages = True
    intents.message_content = bool(settings.ask_channels)
    return intents


def now() -> dt.datetime:
    """The time, in UTC."""
    return dt.datetime.now(dt.UTC)


class CareerBot(commands.AutoShardedBot):
    """The career advisor on Discord."""

    def __init__(self, settings: Settings, manager: KnowledgeManager, metrics: Metrics | None = None) -> None:
        """Put the parts together. Connects to nothing yet."""
        super().__init__(
            command_prefix=(),
            help_command=None,
            tree_cls=CommandTree,
            intents=intents_for(settings),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            guild_ready_timeout=GUILDS_SECONDS,
            shard_count=settings.shard_count,
            shard_ids=list(settings.shard_ids) or None,  # type: ignore[arg-type]  # None: all of them
            activity=discord.CustomActivity("Ask me: /ask"),
        )
        self.settings, self.manager, self.metrics = settings, manager, metrics or Metrics()
        url = settings.database_url.get_secret_value() if settings.database_url else None
        self.store = Store(url_of(settings.data_dir, url), settings.key("members"), now)
        self.questions, self.history = QuestionLog(self.store), History(self.store)
        conversations = Conversations(settings.conversation_minutes * 60, self._clock)
        self.answers = Responder(manager, conversations, self.questions, self.metrics)
        tally = QuizOutcomes(self.store) if settings.quiz_tally else None
        self.quiz = FitQuiz(self._knowledge, settings.key("quiz"), tally, self.answers.remember_quiz)
        moderators = Moderators(settings.home_server, settings.moderator_role)
        review = settings.moderator_channel if settings.review else None
        hook = partial(run_hook, settings.edit_hook, manager.folder) if settings.edit_hook else None
        clusters = OpenClusters(manager, self.questions)
        decisions = Decisions(manager, self.history, clusters, self._render_answer, review, hook)
        self.curation = Curation(manager, self.history, clusters, decisions, moderators, now)
        self.failing_tasks: set[str] = set()
        self._watch()

    def _watch(self) -> None:
        """What an operator reads off the running bot."""
        watch = self.metrics.watch
        watch("ready", "Whether it is on Discord.", self.is_ready)
        watch("tasks", "How much is under way at once.", lambda: len(asyncio.all_tasks(self.loop)))
        watch("failing_tasks", "Works beside the bot that fail just now.", lambda: len(self.failing_tasks))
        watch("servers", "How many servers it is in.", lambda: len(self.guilds))
        latency = "Between a heartbeat and its answer, the mean over shards."
        watch("gateway_latency_seconds", latency, lambda: self.latency)
        watch("journal_queue", "Notes that wait for the journal.", lambda: self.store.queued)
        watch("journal_lost", "Notes that were lost while the journal was away.", lambda: self.store.lost)

    @property
    def is_leader(self) -> bool:
        """Whether this process holds the first shard: what one process must do for all is its work."""
        return 0 in (self.settings.shard_ids or (0,))

    def _render_answer(self, ids: Sequence[str], lead: str) -> ui.LayoutView:
        """An answer that a member asked to be told of later."""
        return answer_layout(self._knowledge(), ids, owner=0, private=True, lead=lead)

    def _clock(self) -> float:
        return self.loop.time()

    def _knowledge(self) -> KnowledgeBase:
        return self.answers.knowledge

    async def setup_hook(self) -> None:
        """Add the features and tell Discord of the commands. A failing part stops the start."""
        settings = self.settings
        members, channels = (
            Cooldown(share * settings.cooldown_questions, settings.cooldown_seconds, self._clock)
            for share in (1, MEMBERS_AT_ONCE)
        )
        await self.add_cog(Answers(self, self.answers, members, channels, settings.ask_channels))
        days, minutes = settings.retention_days, settings.conversation_minutes
        await self.add_cog(Information(self._knowledge, self.answers.forget, minutes, days))
        await self.add_cog(self.quiz)
        self.add_dynamic_items(*ITEMS, *QUIZ_ITEMS, *CURATION_ITEMS)
        if self.is_leader:
            await self.tree.sync()
        await self._add_moderators_commands()

    async def _add_moderators_commands(self) -> None:
        """In the home server, and nowhere else."""
        home = self.curation.moderators.home
        if home is None:
            log.info("HOME_SERVER is not set: the commands for moderators are off")
            return
        server = discord.Object(home)
        await self.add_cog(CurationCommands(self, self.curation, server), guild=server)
        if not self.is_leader:
            return
        try:
            await self.tree.sync(guild=server)
        except discord.Forbidden:
            log.error("the bot is not in the server %s of HOME_SERVER: invite it, then start it again", home)  # noqa: TRY400

    async def on_ready(self) -> None:
        """Say so in the log."""
        log.info("ready as %s, in %s server%s", self.user, len(self.guilds), "" if len(self.guilds) == 1 else "s")

    async def on_message(self, message: discord.Message, /) -> None:
        """Replace the framework's reading of prefix commands: there are none."""
