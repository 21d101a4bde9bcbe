"""`/questions`, for moderators: what members asked in vain; and the message menu that teaches a question."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.journal.store import new_id
from bot.matching.text import clean
from bot.ui import sentences
from bot.ui.desk import Desk, guarded
from bot.ui.desk_buttons import refused
from bot.ui.layouts import text_layout

Interaction = discord.Interaction[Any]


class OpenQuestions(commands.Cog):
    """Opens the list of open questions, and single messages as questions."""

    def __init__(self, bot: commands.AutoShardedBot, desk: Desk, guild: discord.Object) -> None:
        """Work at this desk, in the home server."""
        self.bot, self.desk, self.guild = bot, desk, guild
        self.menu = app_commands.ContextMenu(name="Teach the bot this question", callback=self.teach_message)

    async def cog_load(self) -> None:
        """Add the message menu, which a cog can't declare."""
        self.bot.tree.add_command(self.menu, guild=self.guild)

    async def cog_unload(self) -> None:
        """Take the message menu away."""
        self.bot.tree.remove_command(self.menu.name, guild=self.guild, type=self.menu.type)

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Only moderators."""
        return not await refused(interaction)

    @app_commands.command(description="For moderators: what members asked and I could not answer")
    async def questions(self, interaction: Interaction) -> None:
        """The most wanted first."""
        await guarded(interaction, self.desk.page, 0)

    async def teach_message(self, interaction: Interaction, message: discord.Message) -> None:
        """The message menu: teach what somebody wrote."""
        if await refused(interaction):
            return
        text = clean(message.content)
        if text:
            await guarded(interaction, self.desk.open_new, text, new_id())
        else:
            await interaction.response.send_message(view=text_layout(sentences.NO_TEXT), ephemeral=True)
