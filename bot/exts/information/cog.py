"""What the bot is: `/about`, `/help`, `/privacy`; and `/forget-me`. Always private."""

from collections.abc import Awaitable, Callable

from discord import app_commands
from discord.ext import commands

from bot.journal.store import JournalError
from bot.knowledge.records import KnowledgeBase
from bot.ui import custom_ids, sentences
from bot.ui.layouts import QUIET, button, entry_buttons, in_rows, screen
from bot.ui.sending import Interaction, edit, send
from bot.ui.texts import spoken, starters


class Information(commands.Cog):
    """Tells what the bot is, does and keeps."""

    def __init__(
        self,
        knowledge: Callable[[], KnowledgeBase],
        forget: Callable[[int], Awaitable[None]],
        conversation_minutes: float,
        retention_days: int,
    ) -> None:
        """Tell of this knowledge; `forget` forgets a member, and raises JournalError."""
        self.knowledge, self.forget = knowledge, forget
        self.privacy_text = sentences.PRIVACY.format(minutes=f"{conversation_minutes:g}", days=retention_days)

    @app_commands.command(description="What I am and where my answers come from")
    async def about(self, interaction: Interaction) -> None:
        """Say what the answers rest on."""
        knowledge = self.knowledge()
        text = spoken(knowledge, sentences.ABOUT).format(
            title=knowledge.source.title if knowledge.source else "",
            year=knowledge.source.year if knowledge.source else "",
            entries=len(knowledge.entries),
            phrasings=f"{knowledge.phrasings:,}",
        )
        await send(interaction, screen(text))

    @app_commands.command(description="How to ask me")
    async def help(self, interaction: Interaction) -> None:
        """Say how to ask."""
        knowledge = self.knowledge()
        related_buttons = entry_buttons(knowledge, starters(knowledge))
        topics = button(sentences.BUTTON_TOPICS, custom_ids.TOPICS)
        compare = sentences.HELP_COMPARE if len(knowledge.vocabulary.roles) > 1 else ""
        quiz = sentences.HELP_QUIZ if knowledge.quiz else ""
        told = spoken(knowledge, sentences.HELP).format(compare=compare, quiz=quiz)
        text = f"{told}\n-# {sentences.TRY}"
        await send(interaction, screen(text, *in_rows(related_buttons), [topics], colour=QUIET))

    @app_commands.command(description="What I store about you, and what not")
    async def privacy(self, interaction: Interaction) -> None:
        """Say what is kept."""
        await send(interaction, screen(self.privacy_text))

    @app_commands.command(name="forget-me", description="Delete at once all that I keep about you")
    async def forget_me(self, interaction: Interaction) -> None:
        """Forget a member: open questions, votes, conversations."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            await self.forget(interaction.user.id)
            text = sentences.FORGOTTEN
        except JournalError:
            text = sentences.JOURNAL_AWAY
        await edit(interaction, screen(text))
