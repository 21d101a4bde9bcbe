"""What the bot is: `/about`, `/help`, `/privacy`. Always private."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.exts.answers.responder import Responder
from bot.journal.store import JournalError
from bot.ui import sentences
from bot.ui.layouts import screen


class Information(commands.Cog):
    """Tells what the bot is, does and keeps."""

    def __init__(self, responder: Responder, conversation_minutes: float, retention_days: int) -> None:
        """Tell it of this responder."""
        self.responder = responder
        self.minutes, self.days = f"{conversation_minutes:g}", retention_days

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
        await interaction.response.send_message(view=screen(text), ephemeral=True)

    @app_commands.command(description="How to ask me")
    async def help(self, interaction: discord.Interaction) -> None:
        """Say how to ask."""
        rendered = self.responder.sentence(sentences.HELP, self.responder.starters(), lead=sentences.TRY)
        await interaction.response.send_message(view=rendered.view, ephemeral=True)

    @app_commands.command(description="What I store about you, and what not")
    async def privacy(self, interaction: discord.Interaction) -> None:
        """Say what is kept."""
        text = sentences.PRIVACY.format(minutes=self.minutes, days=self.days)
        await interaction.response.send_message(view=screen(text), ephemeral=True)

    @app_commands.command(name="forget-me", description="Delete at once all that I keep about you")
    async def forget_me(self, interaction: discord.Interaction) -> None:
        """Forget a member: open questions, votes, conversations."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        member = interaction.user.id
        self.responder.conversations.forget(lambda key: isinstance(key, tuple) and key[0] == member)
        try:
            await self.responder.questions.forget(member)
            text = sentences.FORGOTTEN
        except JournalError:
            text = sentences.JOURNAL_AWAY
        await interaction.edit_original_response(view=screen(text))
