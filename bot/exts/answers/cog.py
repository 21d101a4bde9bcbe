"""Questions from everywhere: mentions, replies, DMs, ask channels, `/ask`, the message menu; `/topics`, `/compare`."""

import asyncio
import logging
import math
from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from bot.exts.answers.layouts import sentence_layout, topics_layout, topics_of
from bot.exts.answers.memory import Cooldown
from bot.exts.answers.responder import Asked, Responder
from bot.logs import begin_request
from bot.matching.text import clean
from bot.ui import sentences
from bot.ui.failures import report_message
from bot.ui.layouts import MAX_OPTIONS, screen
from bot.ui.sending import Interaction, Sendable, react, reply_once, send
from bot.ui.texts import spoken, starters

log = logging.getLogger(__name__)


class Answers(commands.Cog):
    """Answers questions, and shows what there is to know."""

    def __init__(
        self,
        bot: commands.AutoShardedBot,
        responder: Responder,
        cooldown: Cooldown,
        channel_cooldown: Cooldown,
        ask_channels: frozenset[int],
    ) -> None:
        """Answer every message in the ask channels; elsewhere only what is addressed to the bot."""
        self.bot = bot
        self.responder = responder
        self.cooldown, self.channel_cooldown = cooldown, channel_cooldown
        self.ask_channels = ask_channels
        self.menu = app_commands.ContextMenu(name="Answer this question", callback=self.answer_message)

    async def cog_load(self) -> None:
        """Add the message menu, which a cog can't declare."""
        self.bot.tree.add_command(self.menu)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that is addressed to the bot."""
        if message.author.bot or message.is_system() or not self._is_addressed(message):
            return
        begin_request()
        try:
            await self._answer_addressed(message)
        except Exception as error:  # noqa: BLE001 - whatever it is, the member gets a line and the log the rest
            await report_message(message, error, self.responder.metrics)

    def _is_addressed(self, message: discord.Message) -> bool:
        """Meant for the bot, or in an ask channel or its threads."""
        if self._is_meant(message):
            return True
        parent = message.channel.parent_id if isinstance(message.channel, discord.Thread) else None
        return bool(self.ask_channels & {message.channel.id, parent}) and not message.mentions

    def _is_meant(self, message: discord.Message) -> bool:
        """A DM, a mention of the bot or of its role, a reply that pings it."""
        if message.guild is None or self.bot.user in message.mentions:
            return True
        role = message.guild.self_role
        return role is not None and role.id in message.raw_role_mentions

    async def _answer_addressed(self, message: discord.Message) -> None:
        owner = message.author.id
        waits = (self.cooldown.wait(owner), self.channel_cooldown.wait(message.channel.id))
        if None in waits:
            await react(message, sentences.REACTION_TOO_MANY)
            return
        if wait := max(filter(None, waits), default=0):
            await react(message, sentences.REACTION_WAIT)
            await asyncio.sleep(wait)
        if not clean(said := _said(message)):
            knowledge = self.responder.knowledge
            text = spoken(knowledge, sentences.EMPTY)
            await _reply(message, sentence_layout(knowledge, text, starters(knowledge), owner=owner))
        else:
            me = message.guild.me if message.guild else None
            files = me is None or message.channel.permissions_for(me).attach_files
            reads_along = message.guild and not self._is_meant(message)
            asked = Asked(
                said,
                (owner, message.channel.id),
                files=files,
                react=partial(react, message) if reads_along else None,
            )
            await self.responder.respond(asked, lambda what, _: _reply(message, what))

    @app_commands.command(description="Ask me a question")
    @app_commands.describe(question="In your own words, as you would ask a friend")
    async def ask(self, interaction: Interaction, question: app_commands.Range[str, 1, 1000]) -> None:
        """Answer a question; a miss is private."""
        await self._answer_command(interaction, question, interaction.channel_id)

    @ask.autocomplete("question")
    async def suggest(self, _: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """What people ask, best first."""
        return [app_commands.Choice(name=text, value=text) for text in self.responder.suggest(current)]

    async def answer_message(self, interaction: Interaction, message: discord.Message) -> None:
        """The message menu: answer what somebody wrote."""
        if not clean(said := _said(message)):
            await send(interaction, screen(sentences.NO_TEXT))
            return
        # A message of somebody else's is no turn in the asker's conversation.
        own = message.author.id == interaction.user.id
        await self._answer_command(interaction, said, interaction.channel_id if own else interaction.id)

    async def _answer_command(self, interaction: Interaction, question: str, place: int | None) -> None:
        wait = self.cooldown.wait(interaction.user.id)
        if wait is None:
            await send(interaction, sentences.TOO_MANY)
            return
        if wait:
            await send(interaction, sentences.COOLDOWN.format(seconds=math.ceil(wait)))
            await asyncio.sleep(wait)
        asked = Asked(
            question,
            (interaction.user.id, place),
            files=interaction.app_permissions.attach_files,
            quoted=True,
            private_misses=not interaction.context.dm_channel,  # in a DM with the bot there is nobody else
        )
        await self.responder.respond(asked, lambda what, private: send(interaction, what, private=private))

    @app_commands.command(description="See everything I know, by topic")
    async def topics(self, interaction: Interaction) -> None:
        """Open the menu of topics, privately."""
        await send(interaction, topics_layout(self.responder.knowledge))

    @app_commands.command(description="Set the two roles side by side")
    @app_commands.describe(topic="What to compare, such as skills or pay")
    async def compare(self, interaction: Interaction, topic: app_commands.Range[str, 1, 100]) -> None:
        """Show both roles' entries on a topic; what is typed freely is read like a question."""
        pair = self._pair(topic)
        if pair:
            key = (interaction.user.id, interaction.channel_id)
            # Each figure once: what is compared in words needs no chart of the same.
            await send(interaction, await self.responder.entries(pair, key, private=False, files=False), private=False)
        else:
            await send(interaction, sentence_layout(self.responder.knowledge, sentences.NO_COMPARISON))

    @compare.autocomplete("topic")
    async def suggest_topic(self, _: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """The topics that both roles have."""
        wanted = current.casefold().strip()
        return [
            app_commands.Choice(name=title, value=key)
            for key, title in topics_of(self.responder.knowledge).items()
            if self._pair(key) and (wanted in title.casefold() or wanted in key)
        ][:MAX_OPTIONS]

    def _pair(self, topic: str) -> tuple[str, ...]:
        """The entry that compares a topic, or one for each role; the topic may be named in a member's words."""
        knowledge = self.responder.knowledge
        if topic not in knowledge.vocabulary.topics:
            topic = self.responder.advisor.matcher.read(topic).facets.topic or ""
        found = [knowledge.of_facets(role, topic, None) for role in knowledge.vocabulary.roles] if topic else []
        pair = tuple(entry.id for entry in found if entry)
        if len(pair) <= 1 or len(pair) < len(found):
            return ()
        comparing = next((e.id for e in knowledge.entries.values() if set(e.compares) == set(pair)), None)
        return (comparing,) if comparing else pair


def _said(message: discord.Message) -> str:
    """What a message says; of one that was forwarded, what it said there."""
    return message.content or next((snapshot.content for snapshot in message.message_snapshots), "")


async def _reply(message: discord.Message, what: Sendable) -> None:
    """Reply, or be silent where the bot may not write."""
    try:
        await reply_once(message, what)
    except discord.Forbidden as error:
        log.info("no permission to reply in channel %s: %s", message.channel.id, error.text)
