"""The fit quiz: `/quiz`, `/quiz-stats`, and playing it: one press → the next screen, in the same message.

All state is in the custom_ids. What is kept in memory, bounded, only prevents that a double press counts twice, and
that a picture that was drawn late overwrites the next screen.
"""

import asyncio
import logging
from collections.abc import Callable, Hashable

import aiohttp
import discord
from cachetools import LRUCache
from discord import app_commands
from discord.ext import commands

from bot.charts.canvas import Chart
from bot.charts.quiz import fit_chart, scales_chart, tally_chart
from bot.exts.quiz.layouts import QuizScreens, start_button
from bot.exts.quiz.texts import note_text, outcome_title
from bot.journal.quiz_outcomes import QuizOutcomes
from bot.journal.store import JournalError
from bot.knowledge.language_records import Vocabulary
from bot.knowledge.quiz_records import Quiz
from bot.knowledge.records import KnowledgeBase
from bot.quiz.progress import Action, ForgedError, Progress, ProgressError, decode
from bot.quiz.scoring import Result, asks_on, result_of
from bot.ui import sentences
from bot.ui.layouts import screen
from bot.ui.sending import Interaction, edit, send
from bot.ui.texts import escape

log = logging.getLogger(__name__)

LEAST_RESULTS = 10
REMEMBERED = 10_000
Draw = Callable[[Quiz, Vocabulary, Result], Chart]
# Tells a conversation (by whom, and where) what the quiz said, and which role is ahead.
Remember = Callable[[tuple[int, int | None], str, str | None], None]


class FitQuiz(commands.Cog):
    """Shows the screens of the quiz, and how it came out."""

    def __init__(
        self, knowledge: Callable[[], KnowledgeBase], key: bytes, tally: QuizOutcomes | None, remember: Remember
    ) -> None:
        """Without a tally, nothing is counted. The key seals the buttons. The conversation is told of a result."""
        self._knowledge, self._remember = knowledge, remember
        self.key = key
        self.tally = tally
        # One picture at a time: when many finish at once, first responses go before pictures.
        self._drawing = asyncio.Semaphore(1)
        self._done: LRUCache[Hashable, bool] = LRUCache(REMEMBERED)
        self._latest: LRUCache[int, int] = LRUCache(REMEMBERED)

    def _screens(self) -> QuizScreens | None:
        knowledge = self._knowledge()
        return QuizScreens(knowledge, knowledge.quiz, self.key) if knowledge.quiz else None

    @app_commands.command(description="Find out in three minutes which role suits you")
    async def quiz(self, interaction: Interaction) -> None:
        """Open the quiz."""
        await self.start(interaction)

    async def start(self, interaction: Interaction) -> None:
        """Open the quiz for whoever asks, privately."""
        screens = self._screens()
        first = screens.question(Progress(interaction.user.id)) if screens else screen(sentences.QUIZ_NONE)
        await send(interaction, first)

    async def press(self, interaction: Interaction, custom_id: str) -> None:
        """Do what a button of the quiz says."""
        if interaction.message:
            self._latest[interaction.message.id] = interaction.id
        screens = self._screens()
        if screens is None:
            await edit(interaction, screen(sentences.QUIZ_NONE))
            return
        try:
            action, progress = decode(custom_id, screens.quiz, self.key)
        except ProgressError as error:
            log.info("a quiz starts afresh: %s", error)
            sentence = sentences.QUIZ_FORGED if isinstance(error, ForgedError) else sentences.QUIZ_EDITED
            await edit(interaction, screens.afresh(sentence, interaction.user.id))
            return
        if progress.owner == interaction.user.id:
            await self._act(interaction, screens, action, progress)
        else:
            await send(interaction, sentences.NOT_YOURS)

    async def _act(self, interaction: Interaction, screens: QuizScreens, action: Action, progress: Progress) -> None:
        if action is Action.STOP:
            await edit(interaction, screens.stop(progress))
        elif action is Action.END:
            await edit(interaction, screen(sentences.QUIZ_STOPPED))
        elif asks_on(screens.quiz, progress.answers):
            await edit(interaction, screens.question(progress))
        elif (result := result_of(screens.quiz, progress.answers)) is None:
            await edit(interaction, screens.too_few(progress))
        elif action is Action.COUNT:
            await edit(interaction, screens.counted(progress, result))
        elif action in {Action.SHARE, Action.POST}:
            await self._share(interaction, screens, progress, result, post=action is Action.POST)
        else:
            await self._finish(interaction, screens, progress, result)

    async def _finish(self, interaction: Interaction, screens: QuizScreens, progress: Progress, result: Result) -> None:
        """The result at once; its picture as soon as it is drawn."""
        await edit(interaction, screens.result(progress, result))
        message, server = interaction.message, interaction.guild_id
        # A member counts once a server, however often they play: the figures are of people.
        if self.tally and server and self._is_first((server, progress.owner)):
            self.tally.add(server, result.verdict.outcome)
        note = note_text(screens.knowledge, result)
        self._remember((progress.owner, interaction.channel_id), note, result.verdict.ahead)
        chart = await self._draw(fit_chart, screens, result)
        if message and self._latest.get(message.id) != interaction.id:
            return
        try:
            await edit(interaction, screens.result(progress, result, chart))
        except (discord.HTTPException, aiohttp.ClientError) as error:
            log.info("a result stays without its picture: %s", error)

    async def _share(
        self, interaction: Interaction, screens: QuizScreens, progress: Progress, result: Result, *, post: bool
    ) -> None:
        """Show what everybody would see; or post it, once."""
        first = interaction.message is not None and (not post or self._is_first((interaction.message.id, progress)))
        await interaction.response.defer()
        if not first:
            return
        name = escape(interaction.user.display_name)
        card = await self._draw(scales_chart, screens, result)
        if not post:
            await edit(interaction, screens.preview(progress, name, result, card))
            return
        await send(interaction, screens.shared(progress.owner, name, result, card), private=False)
        chart = await self._draw(fit_chart, screens, result)
        await edit(interaction, screens.result(progress, result, chart, shared=True))

    def _is_first(self, key: Hashable) -> bool:
        """Whether this was not done yet; from now on it is."""
        first = key not in self._done
        self._done[key] = True
        return first

    async def _draw(self, draw: Draw, screens: QuizScreens, result: Result) -> Chart:
        async with self._drawing:
            return await asyncio.to_thread(draw, screens.quiz, screens.knowledge.vocabulary, result)

    @app_commands.command(name="quiz-stats", description="See how the quiz came out in this server")
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def stats(self, interaction: Interaction) -> None:
        """How the quiz came out in this server; from ten results on."""
        screens, server = self._screens(), interaction.guild_id
        if self.tally is None or screens is None or server is None:
            await send(interaction, screen(sentences.QUIZ_STATS_OFF))
            return
        try:
            counts = await self.tally.of(server)
        except JournalError:
            await send(interaction, screen(sentences.JOURNAL_AWAY))
            return
        named = {outcome_title(screens.knowledge, key): counts.get(key, 0) for key in screens.quiz.results}
        total = sum(named.values())
        if total < LEAST_RESULTS:
            await send(interaction, screen(sentences.QUIZ_STATS_FEW.format(least=LEAST_RESULTS)))
            return
        chart = await asyncio.to_thread(tally_chart, named, sentences.QUIZ_CHART)
        shown = screen(sentences.QUIZ_STATS.format(count=total), [start_button()], below=[chart])
        await send(interaction, shown, private=False)
