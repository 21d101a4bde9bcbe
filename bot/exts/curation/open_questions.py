"""`/questions`, for moderators: what members asked without getting an answer; and the message menu that teaches a question."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.exts.curation.components import refused
from bot.exts.curation.screens import CurationScreens, run_moderator_action
from bot.journal.store import random_id
from bot.matching.text import clean
from bot.ui import sentences
from bot.ui.layouts import screen

Interaction = discord.Interaction[Any]


class OpenQuestions(commands.Cog):
    """Opens the list of open questions, and single messages as questions."""

    def __init__(self, bot: commands.AutoShardedBot, screens: CurationScreens, guild: discord.Object) -> None:
        """Work with these screens, in the home server."""
        self.bot, self.screens, self.guild = bot, screens, guild
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
        await run_moderator_action(interaction, self.screens.page, 0)

    async def teach_message(self, interaction: Interaction, message: discord.Message) -> None:
        """The message menu: teach what somebody wrote."""
        if await refused(interaction):
            return
        text = clean(message.content)
        if text:
            await run_moderator_action(interaction, self.screens.open_new, text, random_id())
        else:
            await interaction.response.send_message(view=screen(sentences.NO_TEXT), ephemeral=True)
