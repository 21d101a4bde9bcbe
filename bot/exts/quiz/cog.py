"""The fit quiz: `/quiz` and `/quiz-stats`."""

from discord import app_commands
from discord.ext import commands

from bot.exts.quiz.session import QuizSession
from bot.ui.sending import Interaction


class FitQuiz(commands.Cog):
    """Opens the quiz and shows how it came out."""

    def __init__(self, session: QuizSession) -> None:
        """Show the screens of this one."""
        self.session = session

    @app_commands.command(description="Find out in two minutes which role suits you")
    async def quiz(self, interaction: Interaction) -> None:
        """Open the quiz, privately."""
        await self.session.start(interaction)

    @app_commands.command(name="quiz-stats", description="See how the quiz came out in this server")
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def stats(self, interaction: Interaction) -> None:
        """Show how often each outcome came."""
        await self.session.stats(interaction)
