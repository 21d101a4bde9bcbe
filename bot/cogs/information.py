"""What the bot is: `/about`, `/help`, `/privacy`. Always private."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.ui import sentences
from bot.ui.layouts import text_layout
from bot.ui.responder import Responder


class Information(commands.Cog):
    """Tells what the bot is, does and keeps."""

    def __init__(self, responder: Responder, conversation_minutes: float) -> None:
        """Tell it of this responder."""
        self.responder = responder
        self.minutes = f"{conversation_minutes:g}"

    @app_commands.command(description="What I am and where my answers come from")
    async def about(self, interaction: discord.Interaction) -> None:
        """Say what the answers rest on."""
        knowledge = self.responder.knowledge
        source = knowledge.source
        text = sentences.ABOUT.format(
            title=source.title if source else "",
            year=source.year if source else "",
            entries=len(knowledge.entries),
            phrasings=f"{knowledge.phrasings:,}",
        )
        await interaction.response.send_message(view=text_layout(text), ephemeral=True)

    @app_commands.command(description="How to ask me")
    async def help(self, interaction: discord.Interaction) -> None:
        """Say how to ask."""
        rendered = self.responder.sentence(sentences.HELP, self.responder.starters(), lead=sentences.TRY)
        await interaction.response.send_message(view=rendered.view, ephemeral=True)

    @app_commands.command(description="What I store about you, and what not")
    async def privacy(self, interaction: discord.Interaction) -> None:
        """Say what is kept."""
        text = sentences.PRIVACY.format(minutes=self.minutes)
        await interaction.response.send_message(view=text_layout(text), ephemeral=True)
