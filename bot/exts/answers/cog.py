"""Questions from everywhere: mentions, replies, DMs, ask channels, `/ask` and the message menu."""

import logging

import discord
from discord import app_commands
from discord.ext import commands

from bot.dialogue.records import Reply
from bot.exts.answers.cooldown import Cooldown
from bot.exts.answers.responder import Rendered, Responder
from bot.logs import begin_request
from bot.matching.decision import Outcome
from bot.matching.text import clean
from bot.ui import sentences
from bot.ui.failures import report_message
from bot.ui.layouts import screen
from bot.ui.replying import reply_once

log = logging.getLogger(__name__)


class Questions(commands.Cog):
    """Answers questions."""

    def __init__(
        self, bot: commands.AutoShardedBot, responder: Responder, cooldown: Cooldown, ask_channels: frozenset[int]
    ) -> None:
        """Answer every message in the ask channels; elsewhere only what is addressed to the bot."""
        self.bot = bot
        self.responder = responder
        self.cooldown = cooldown
        self.ask_channels = ask_channels
        self.menu = app_commands.ContextMenu(name="Answer this question", callback=self.answer_message)

    async def cog_load(self) -> None:
        """Add the message menu, which a cog can't declare."""
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        """Take the message menu away."""
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that is addressed to the bot."""
        if message.author.bot or message.is_system() or not self._is_addressed(message):
            return
        begin_request()
        wait, first = self.cooldown.wait(message.author.id)
        try:
            if not wait:
                with self.responder.metrics.timed("respond"):
                    await self._answer(message)
            elif first:
                text = sentences.COOLDOWN.format(seconds=wait)
                await self._reply(message, self.responder.sentence(text, owner=message.author.id, topics=False))
        except Exception as error:  # noqa: BLE001 - whatever it is, the member gets a line and the log the rest
            await report_message(message, error, self.responder.metrics)

    def _is_addressed(self, message: discord.Message) -> bool:
        """A DM, a mention, a reply to the bot that pings it, or a message in an ask channel or a thread of one."""
        if message.guild is None or (self.bot.user in message.mentions):
            return True
        parent = message.channel.parent_id if isinstance(message.channel, discord.Thread) else None
        return bool(self.ask_channels & {message.channel.id, parent}) and not message.mentions

    async def _answer(self, message: discord.Message) -> None:
        key = (message.author.id, message.channel.id)
        if not clean(message.content):
            rendered = self.responder.sentence(sentences.EMPTY, self.responder.starters(), owner=message.author.id)
        else:
            reply, number = self.responder.ask(message.content, key, message.author.id)
            me = message.guild.me if message.guild else None
            files = me is None or message.channel.permissions_for(me).attach_files
            owner = message.author.id
            rendered = await self.responder.render(reply, owner=owner, private=False, files=files, number=number)
        await self._reply(message, rendered)

    async def _reply(self, message: discord.Message, rendered: Rendered) -> None:
        """Reply, or be silent where the bot may not write."""
        try:
            await reply_once(message, rendered.view, lambda: rendered.files)
        except discord.Forbidden as error:
            log.info("no permission to reply in channel %s: %s", message.channel.id, error.text)

    @app_commands.command(description="Ask about prompt engineers and AI engineers")
    @app_commands.describe(question="In your own words, such as: what does a junior AI engineer earn?")
    async def ask(self, interaction: discord.Interaction, question: app_commands.Range[str, 1, 1000]) -> None:
        """Answer a question; a miss is private."""
        await self._respond(interaction, question, interaction.user.id)

    @ask.autocomplete("question")
    async def suggest(self, _: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        """What people ask, best first."""
        return [app_commands.Choice(name=text, value=text) for text in self.responder.suggest(current)]

    async def answer_message(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """The message menu: answer what somebody wrote."""
        if not clean(message.content):
            await interaction.response.send_message(view=screen(sentences.NO_TEXT), ephemeral=True)
        else:
            await self._respond(interaction, message.content, message.author.id)

    async def _respond(self, interaction: discord.Interaction, question: str, author: int) -> None:
        wait, _ = self.cooldown.wait(interaction.user.id)
        if wait:
            await interaction.response.send_message(sentences.COOLDOWN.format(seconds=wait), ephemeral=True)
            return
        with self.responder.metrics.timed("respond"):
            # A message of somebody else's is no turn in the asker's conversation.
            key = (interaction.user.id, interaction.channel_id if author == interaction.user.id else interaction.id)
            reply, number = self.responder.ask(question, key, interaction.user.id)
            private = self._is_private(reply, interaction)
            rendered = await self.responder.render(
                reply,
                owner=interaction.user.id,
                private=private,
                files=interaction.app_permissions.attach_files,
                question=question,
                number=number,
            )
            await interaction.response.send_message(view=rendered.view, files=rendered.files, ephemeral=private)

    @staticmethod
    def _is_private(reply: Reply, interaction: discord.Interaction) -> bool:
        """Only answers are for everyone; in a DM there is nobody else."""
        return reply.outcome is not Outcome.ANSWER and interaction.guild_id is not None
