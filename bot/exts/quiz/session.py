"""Playing the quiz: one press → the next screen, in the same message. What the cog and the buttons share.

All state is in the custom_ids. What is kept in memory, bounded, only prevents that a double press counts twice, and
that a picture that was drawn late overwrites the next screen.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Hashable
from io import BytesIO
from typing import Any

import aiohttp
import discord

from bot.charts.canvas import Chart
from bot.charts.quiz import fit_chart, tally_chart
from bot.exts.answers.responder import Responder
from bot.exts.quiz import layouts
from bot.exts.quiz.texts import outcome_title
from bot.journal.quiz_outcomes import QuizOutcomes
from bot.journal.store import JournalError
from bot.knowledge.records import Quiz
from bot.quiz.progress import Action, ForgedError, Progress, ProgressError, decode
from bot.quiz.scoring import Result, result_of
from bot.ui import sentences
from bot.ui.layouts import CHART_FILE, screen

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]
LEAST_RESULTS = 10
REMEMBERED = 10_000


class Recent:
    """What was last noted under a key; the oldest keys are forgotten."""

    def __init__(self) -> None:
        """Nothing is noted yet."""
        self._noted: OrderedDict[Hashable, int] = OrderedDict()

    def get(self, key: Hashable) -> int | None:
        """The latest note."""
        return self._noted.get(key)

    def note(self, key: Hashable, value: int = 1) -> bool:
        """Note it; whether it is the first under this key."""
        is_first = key not in self._noted
        self._noted[key] = value
        self._noted.move_to_end(key)
        if len(self._noted) > REMEMBERED:
            self._noted.popitem(last=False)
        return is_first


class QuizPlay:
    """Shows the screens of the quiz."""

    def __init__(self, responder: Responder, key: bytes, tally: QuizOutcomes | None) -> None:
        """Without a tally, nothing is counted. The key seals the buttons."""
        self.responder = responder
        self.key = key
        self.tally = tally
        # One picture at a time: when many finish at once, first responses go before pictures.
        self._drawing = asyncio.Semaphore(1)
        self._counted, self._shared, self._latest = Recent(), Recent(), Recent()

    async def start(self, interaction: Interaction) -> None:
        """Open the quiz for whoever asks, privately."""
        quiz = self.responder.knowledge.quiz
        view = (
            layouts.statement_layout(quiz, Progress(interaction.user.id), self.key)
            if quiz
            else screen(sentences.QUIZ_NONE)
        )
        await interaction.response.send_message(view=view, ephemeral=True)

    async def press(self, interaction: Interaction, custom_id: str) -> None:
        """Do what a button of the quiz says."""
        if interaction.message:
            self._latest.note(interaction.message.id, interaction.id)
        quiz = self.responder.knowledge.quiz
        if quiz is None:
            await interaction.response.edit_message(view=screen(sentences.QUIZ_NONE), attachments=[])
            return
        try:
            action, progress = decode(custom_id, quiz, self.key)
        except ProgressError as error:
            log.info("a quiz starts afresh: %s", error)
            sentence = sentences.QUIZ_FORGED if isinstance(error, ForgedError) else sentences.QUIZ_EDITED
            view = layouts.afresh_layout(sentence, quiz, interaction.user.id, self.key)
            await interaction.response.edit_message(view=view, attachments=[])
            return
        if progress.owner != interaction.user.id:
            await interaction.response.send_message(sentences.NOT_YOURS, ephemeral=True)
        elif action is Action.STOP:
            await interaction.response.edit_message(view=screen(sentences.QUIZ_STOPPED), attachments=[])
        elif len(progress.answers) < len(quiz.statements):
            view = layouts.statement_layout(quiz, progress, self.key)
            await interaction.response.edit_message(view=view, attachments=[])
        else:
            await self._finished(interaction, quiz, action, progress)

    async def _finished(self, interaction: Interaction, quiz: Quiz, action: Action, progress: Progress) -> None:
        result = result_of(quiz, progress.answers)
        knowledge = self.responder.knowledge
        if result is None:
            view = layouts.too_few_layout(quiz, progress, self.key)
            await interaction.response.edit_message(view=view, attachments=[])
        elif action is Action.COUNT:
            view = layouts.counted_layout(knowledge, quiz, progress, result, self.key)
            await interaction.response.edit_message(view=view, attachments=[])
        elif action is Action.SHARE:
            await self._share(interaction, quiz, progress, result)
        else:
            await self._show(interaction, quiz, progress, result)

    async def _show(self, interaction: Interaction, quiz: Quiz, progress: Progress, result: Result) -> None:
        """The result at once; its picture as soon as it is drawn."""
        knowledge = self.responder.knowledge
        view = layouts.result_layout(knowledge, quiz, progress, result, self.key)
        await interaction.response.edit_message(view=view, attachments=[])
        self._count(interaction, result.outcome)
        chart = await self._chart(quiz, result)
        if interaction.message and self._latest.get(interaction.message.id) != interaction.id:
            return
        view = layouts.result_layout(knowledge, quiz, progress, result, self.key, chart=chart)
        try:
            await interaction.edit_original_response(view=view, attachments=[_file(chart)])
        except (discord.HTTPException, aiohttp.ClientError) as error:
            log.info("a result stays without its picture: %s", error)

    async def _share(self, interaction: Interaction, quiz: Quiz, progress: Progress, result: Result) -> None:
        """Post the outcome and the picture for all to see, once."""
        if interaction.message is None or not self._shared.note((interaction.message.id, progress.answers)):
            await interaction.response.defer()
            return
        await interaction.response.defer()
        chart = await self._chart(quiz, result)
        outcome = outcome_title(self.responder.knowledge, result.outcome)
        view = layouts.shared_layout(interaction.user.display_name, outcome, chart)
        await interaction.followup.send(view=view, file=_file(chart))
        knowledge = self.responder.knowledge
        view = layouts.result_layout(knowledge, quiz, progress, result, self.key, chart=chart, shared=True)
        await interaction.edit_original_response(view=view, attachments=[_file(chart)])

    def _count(self, interaction: Interaction, outcome: str) -> None:
        message, server = interaction.message, interaction.guild_id
        if self.tally and server and message and self._counted.note(message.id):
            self.tally.add(server, outcome)

    async def _chart(self, quiz: Quiz, result: Result) -> Chart:
        async with self._drawing:
            return await asyncio.to_thread(fit_chart, quiz, self.responder.knowledge.vocabulary, result)

    async def stats(self, interaction: Interaction) -> None:
        """How the quiz came out in this server; from ten results on."""
        quiz = self.responder.knowledge.quiz
        if self.tally is None or quiz is None or interaction.guild_id is None:
            await interaction.response.send_message(view=screen(sentences.QUIZ_STATS_OFF), ephemeral=True)
            return
        try:
            counts = await self.tally.of(interaction.guild_id)
        except JournalError:
            await interaction.response.send_message(view=screen(sentences.JOURNAL_AWAY), ephemeral=True)
            return
        total = sum(counts.get(outcome, 0) for outcome in quiz.results)
        if total < LEAST_RESULTS:
            text = sentences.QUIZ_STATS_FEW.format(least=LEAST_RESULTS)
            await interaction.response.send_message(view=screen(text), ephemeral=True)
            return
        named = {outcome_title(self.responder.knowledge, key): counts.get(key, 0) for key in quiz.results}
        chart = await asyncio.to_thread(tally_chart, named, sentences.QUIZ_CHART)
        view = layouts.stats_layout(sentences.QUIZ_STATS.format(count=total), chart)
        await interaction.response.send_message(view=view, file=_file(chart))


def _file(chart: Chart) -> discord.File:
    return discord.File(BytesIO(chart.png), CHART_FILE)
