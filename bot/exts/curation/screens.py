"""The moderators' screens: clusters, teaching, proposals, undo. One press → the next screen, in the same private message.

What commands, buttons and modals share. All state is in custom_ids and in the journal, so that it outlives a restart;
kept in memory is only the fitted advisor of the latest proposals, which spares the time of a second fit.
"""

import asyncio
import datetime as dt
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import aiohttp
import discord
from discord import ui

from bot.curation.edits import new_entry, new_topic, teaching, undoing
from bot.curation.manager import KnowledgeManager
from bot.curation.question_clusters import QuestionCluster, cluster_questions
from bot.dialogue.advisor import Advisor
from bot.exts.curation import layouts, texts
from bot.exts.curation.moderators import Moderators
from bot.journal.history import Edit, History
from bot.journal.questions import Miss, OpenQuestion, QuestionLog
from bot.journal.store import JournalError
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.writing import EditError
from bot.matching.decision import Outcome
from bot.matching.matcher import Kind
from bot.ui import sentences
from bot.ui.custom_ids import curation_action
from bot.ui.layouts import answer_layout, button, screen

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]
NEAREST = 3
FITTED = 2


class CurationScreens:
    """Shows the screens, and does what is decided on them."""

    def __init__(
        self,
        manager: KnowledgeManager,
        history: History,
        questions: QuestionLog,
        moderators: Moderators,
        now: Callable[[], dt.datetime],
    ) -> None:
        """Work on this manager's knowledge."""
        self.manager, self.history, self.questions, self.moderators = manager, history, questions, moderators
        self._now = now
        self._fitted: OrderedDict[int, Advisor] = OrderedDict()

    def today(self) -> dt.date:
        """The day, in UTC."""
        return self._now().date()

    # Screens

    async def page(self, interaction: Interaction, page: int) -> None:
        """What members want to know, a page of it."""
        await update_screen(interaction, layouts.clusters_layout(await self._clusters(), page))

    async def open(self, interaction: Interaction, question: int) -> None:
        """One cluster."""
        cluster = await self._cluster(question)
        await update_screen(
            interaction, self._cluster_layout(cluster) if cluster else _text(sentences.QUESTION_GONE, listed=True)
        )

    async def open_new(self, interaction: Interaction, text: str, question: int) -> None:
        """A question that a moderator picked from a channel, as a cluster of its own."""
        self.questions.note(question, text, interaction.user.id, Miss.PICKED)
        cluster = QuestionCluster((OpenQuestion(question, self._now(), text, Miss.PICKED, None, None),))
        await update_screen(interaction, self._cluster_layout(cluster))

    def _cluster_layout(self, cluster: QuestionCluster) -> ui.LayoutView:
        advisor = self.manager.advisor
        reply = advisor.reply(cluster.latest.text)
        text = texts.cluster_text(cluster, texts.reply_line(advisor.knowledge, reply))
        return layouts.cluster_layout(text, cluster.latest.id, self._nearest(cluster.latest.text, Kind.ENTRY))

    async def uncovered(self, interaction: Interaction, question: int) -> None:
        """The topics that are not covered, to choose from."""
        text = await self._text_of(question)
        await update_screen(interaction, layouts.records_layout(question, self._nearest(text, Kind.NOT_COVERED)))

    async def dismiss(self, interaction: Interaction, question: int) -> None:
        """Forget a cluster."""
        cluster = await self._cluster(question)
        await self.questions.close([q.id for q in cluster.questions] if cluster else [question])
        await update_screen(interaction, _text(sentences.DISMISSED, listed=True))

    # Edits

    async def teach(self, interaction: Interaction, question: int, record: str) -> None:
        """Propose to add the question to a record."""
        await self.teach_text(interaction, await self._text_of(question), record, question)

    async def teach_text(self, interaction: Interaction, text: str, record: str, question: int | None = None) -> None:
        """Propose to add a phrasing to a record."""
        knowledge = self.manager.advisor.knowledge
        declined = record in knowledge.not_covered
        template = sentences.DECLINED if declined else sentences.TAUGHT
        what = template.format(title=texts.title_of(knowledge, record), question=texts.quoted(text))
        phrasing = " ".join(text.split())
        edit = teaching(self.manager.contents, knowledge, record, phrasing, what)
        await self.propose(interaction, replace(edit, question=question), text)

    async def add(self, interaction: Interaction, question: int, title: str, text: str, covered: bool) -> None:
        """Propose a new entry for a question, or a new topic that is not covered."""
        asked = await self._text_of(question)
        phrasing = " ".join(asked.split())
        title, text = " ".join(title.split()), text.strip()
        contents, advisor = self.manager.contents, self.manager.advisor
        if covered:
            facets = advisor.matcher.read(phrasing).facets
            edit = new_entry(contents, advisor.knowledge, title, text, phrasing, facets, self.today())
        else:
            edit = new_topic(contents, advisor.knowledge, title, text, phrasing)
        template = sentences.ADDED if covered else sentences.DECLINED
        what = template.format(title=texts.quoted(title), question=texts.quoted(asked))
        await self.propose(interaction, replace(edit, what=what, question=question), asked)

    async def undo(self, interaction: Interaction, number: int) -> None:
        """Propose to take a change back."""
        change = await self.history.change(number)
        if change is None:
            await update_screen(interaction, _text(sentences.CHANGE_NONE))
            return
        what = sentences.UNDOING.format(id=change.id, what=change.what)
        await self.propose(interaction, undoing(self.manager.contents, change, what))

    async def propose(self, interaction: Interaction, edit: Edit, question: str | None = None) -> None:
        """Show what an edit would do, and ask for confirmation."""
        if edit.before == edit.after:
            await update_screen(interaction, _text(sentences.PROPOSAL_NONE))
            return
        knowledge = self.manager.advisor.knowledge
        proposal = await self.manager.propose(edit)
        number = await self.history.propose(edit)
        self._fitted[number] = proposal.advisor
        while len(self._fitted) > FITTED:
            self._fitted.popitem(last=False)
        text = texts.proposal_text(proposal, knowledge, question)
        await update_screen(interaction, layouts.proposal_layout(text, number))

    async def confirm(self, interaction: Interaction, proposal: int) -> None:
        """Save what was proposed, and use it; tell those who asked to be told."""
        edit = await self.history.take(proposal)
        if edit is None:
            await update_screen(interaction, _text(sentences.PROPOSAL_GONE))
            return
        change = await self.manager.apply(edit, interaction.user.id, self.history, self._fitted.pop(proposal, None))
        answered = await self._answered(edit.question) if edit.question else []
        lines = [sentences.SAVED.format(what=edit.what)]
        if answered:
            lines.append(sentences.SAVED_CLOSED.format(count=len(answered)))
        view = layouts.saved_layout("\n".join(lines), change, listed=edit.question is not None)
        await update_screen(interaction, view)
        await self._tell(interaction.client, answered)

    async def cancel(self, interaction: Interaction, proposal: int) -> None:
        """Forget what was proposed."""
        edit = await self.history.take(proposal)
        self._fitted.pop(proposal, None)
        await update_screen(
            interaction, _text(sentences.CANCELLED, listed=edit is not None and edit.question is not None)
        )

    async def _answered(self, question: int) -> list[OpenQuestion]:
        """The questions of this cluster that have their answer now; they are closed."""
        cluster = await self._cluster(question)
        advisor = self.manager.advisor
        asked = cluster.questions if cluster else ()
        wanted = next((_meant(advisor, q.text) for q in asked if q.id == question), None)
        done = [q for q in asked if q.id == question or _meant(advisor, q.text) == wanted]
        await self.questions.close([q.id for q in done])
        return done

    async def _tell(self, client: discord.Client, answered: Iterable[OpenQuestion]) -> None:
        """Write to those who pressed "tell me", where there is an answer now."""
        advisor = self.manager.advisor
        for question in answered:
            reply = advisor.reply(question.text)
            if question.tell is None or reply.outcome is not Outcome.ANSWER:
                continue
            lead = sentences.TOLD.format(question=texts.quoted(question.text))
            ids = [entry.id for entry in reply.entries]
            view = answer_layout(advisor.knowledge, ids, owner=0, private=True, lead=lead)
            try:
                await client.get_partial_messageable(question.tell).send(view=view)
            except (discord.HTTPException, aiohttp.ClientError) as error:
                log.info("a member could not be told of an answer: %s", error)

    # Reading

    async def _clusters(self) -> list[QuestionCluster]:
        found = await self.questions.open()
        return await asyncio.to_thread(cluster_questions, found, self.manager.advisor.matcher)

    async def _cluster(self, question: int) -> QuestionCluster | None:
        """The cluster that a question belongs to, that question first."""
        for cluster in await self._clusters():
            ordered = sorted(cluster.questions, key=lambda q: q.id != question)
            if ordered[0].id == question:
                return QuestionCluster(tuple(ordered))
        return None

    async def _text_of(self, question: int) -> str:
        """The words of an open question. Raises EditError when it is done with."""
        text = next((q.text for q in await self.questions.open() if q.id == question), None)
        if text is None:
            raise EditError(sentences.QUESTION_GONE)
        return text

    def _nearest(self, text: str, kind: Kind) -> Sequence[tuple[str, str]]:
        found = self.manager.advisor.matcher.match(text).of_kind(kind)[:NEAREST]
        return [(c.target.id, c.target.title) for c in found]


def _meant(advisor: Advisor, text: str) -> tuple[Outcome, tuple[str, ...], str | None]:
    reply = advisor.reply(text)
    return reply.outcome, tuple(entry.id for entry in reply.entries), reply.record


def _text(text: str, *, listed: bool = False) -> ui.LayoutView:
    back = [button(sentences.BUTTON_LIST, curation_action("page", 0))] if listed else []
    return screen(text, back)


async def wait_for(interaction: Interaction) -> None:
    """Ask Discord for time: in place where a button was pressed, else for a private message."""
    if interaction.message is not None:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)


async def update_screen(interaction: Interaction, view: ui.LayoutView, files: Sequence[discord.File] = ()) -> None:
    """Show a screen where time was asked for."""
    await interaction.edit_original_response(view=view, attachments=list(files))


async def run_moderator_action(interaction: Interaction, work: Callable[..., Awaitable[None]], *what: Any) -> None:  # noqa: ANN401
    """Ask Discord for time, then do a moderator's work; what can't be done becomes a line in place of the screen."""
    await wait_for(interaction)
    try:
        await work(interaction, *what)
    except KnowledgeError as error:
        await update_screen(interaction, _text(texts.problems_text(error.problems, sentences.PROPOSAL_BROKEN)))
    except EditError as error:
        await update_screen(interaction, _text(texts.cut(str(error))))
    except JournalError:
        await update_screen(interaction, _text(sentences.JOURNAL_AWAY))
