"""The moderators' screens: open questions, teaching, edits, undo. One press → the next screen, in the same message.

What commands, buttons and forms share. All state is in custom_ids and in the journal, so that it outlives a restart.
"""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.curation.edits import (
    NEW_ENTRIES,
    NEW_TOPICS,
    adding,
    confirming,
    entry_fields,
    entry_id,
    new_phrasings,
    removing,
    rewriting,
    teaching,
    undoing,
)
from bot.curation.effects import Trial
from bot.curation.manager import KnowledgeManager
from bot.curation.question_clusters import QuestionCluster, likest
from bot.dialogue.advisor import Advisor
from bot.exts.curation import layouts, texts
from bot.exts.curation.clusters import OpenClusters
from bot.exts.curation.decisions import Decisions
from bot.exts.curation.layouts import press, to_list
from bot.exts.curation.moderators import Moderators
from bot.journal.history import History
from bot.journal.questions import Miss, OpenQuestion
from bot.journal.store import random_id
from bot.knowledge.fields import NOT_COVERED, SMALL_TALK
from bot.matching.decision import Outcome
from bot.matching.targets import Kind
from bot.ui import sentences
from bot.ui.layouts import Screen, screen
from bot.ui.sending import Interaction
from bot.ui.texts import quoted

log = logging.getLogger(__name__)

NEAREST = 3
# A group of checkboxes has at most so many; a cluster teaches at most so many wordings.
MAX_TICKED, MAX_WORDINGS = 10, 25
CHECKED = {Outcome.DECLINE: NOT_COVERED, Outcome.SMALL_TALK: SMALL_TALK}


@dataclass(frozen=True)
class NewRecord:
    """A record that is to be made for an open question: an entry or a topic that is not covered.

    Its wordings, and the phrasings of the topic that declined it so far, the likest first.
    """

    question: int
    covered: bool
    wordings: tuple[str, ...]
    declined: tuple[str, ...]


@dataclass(eq=False)
class Curation:
    """Does what moderators want, and makes the next screen."""

    manager: KnowledgeManager
    history: History
    clusters: OpenClusters
    decisions: Decisions
    moderators: Moderators
    now: Callable[[], dt.datetime]
    # Which run of the bot this is: forms that another one has shown are not known any more.
    run: int = field(default_factory=random_id)

    @property
    def advisor(self) -> Advisor:
        """The advisor in use now."""
        return self.manager.advisor

    # Open questions

    async def page(self, page: int) -> Screen:
        """What members want to know, a page of it."""
        return layouts.clusters_layout(self.advisor.knowledge, await self.clusters.all(), page)

    async def open(self, question: int) -> Screen:
        """One cluster."""
        cluster = await self.clusters.find(question)
        return self._opened(cluster) if cluster else screen(sentences.QUESTION_GONE, to_list())

    async def open_new(self, text: str, member: int) -> Screen:
        """A question that a moderator picked from a channel, as a cluster of its own."""
        question = OpenQuestion(random_id(), self.now(), text, Miss.PICKED, None, None)
        self.clusters.questions.note(question.id, text, member, Miss.PICKED)
        return self._opened(QuestionCluster((question,)))

    def _opened(self, cluster: QuestionCluster) -> Screen:
        asked = cluster.latest
        reply = self.advisor.reply(asked.text)
        text = texts.cluster_text(self.advisor.knowledge, cluster, reply)
        nearest, is_answered = self._nearest(asked.text, Kind.ENTRY), reply.outcome is not Outcome.CLARIFY
        return layouts.cluster_layout(text, asked.id, nearest, is_answered=is_answered)

    async def choose_topic(self, question: int) -> Screen:
        """The topics that are not covered, to choose from."""
        asked = (await self.clusters.still_open(question)).latest
        return layouts.topics_layout(question, self._nearest(asked.text, Kind.NOT_COVERED))

    async def confirm_answer(self, question: int) -> Screen:
        """Propose to hold on to what a question gets now: it is right as it is."""
        asked = (await self.clusters.still_open(question)).latest
        reply = self.advisor.reply(asked.text)
        expect = reply.entries[0].id if reply.outcome is Outcome.ANSWER else CHECKED[reply.outcome]
        what = sentences.RIGHT.format(question=quoted(asked.text))
        edit = confirming(self.manager.contents, asked.text, expect, what)
        return await self.decisions.propose(replace(edit, question=question))

    async def dismiss(self, question: int) -> Screen:
        """Forget a cluster."""
        cluster = await self.clusters.find(question)
        await self.clusters.questions.close([q.id for q in cluster.questions] if cluster else [question])
        return screen(sentences.DISMISSED, to_list())

    # Edits

    async def teach(self, question: int, record: str) -> Screen:
        """Propose to add the question, in all its wordings, to a record."""
        return await self.teach_texts(
            (await self.clusters.still_open(question)).wordings[:MAX_WORDINGS], record, question
        )

    async def teach_texts(self, wordings: Sequence[str], record: str, question: int | None = None) -> Screen:
        """Propose to add phrasings to a record."""
        knowledge = self.advisor.knowledge
        template = sentences.DECLINED if record in knowledge.not_covered else sentences.TAUGHT
        what = template.format(title=texts.title_of(knowledge, record), question=quoted(wordings[0]))
        edit = teaching(self.manager.contents, knowledge, record, wordings, what)
        return await self.decisions.propose(replace(edit, question=question), Trial(record, tuple(wordings)))

    async def form_for(self, question: int, covered: bool) -> NewRecord:
        """What the form for a new record of this question offers: its wordings, and likely ones that were declined."""
        cluster = await self.clusters.still_open(question)
        declined = self._declined_by(cluster) if covered else ()
        others = await asyncio.to_thread(likest, self.advisor.matcher, cluster.wordings, declined)
        return NewRecord(question, covered, cluster.wordings[:MAX_TICKED], tuple(others))

    def _declined_by(self, cluster: QuestionCluster) -> Sequence[str]:
        """The phrasings of the topic that declined a cluster, be it in one of its wordings only."""
        not_covered = self.advisor.knowledge.not_covered
        return next((not_covered[q.record].ask for q in cluster.questions if q.record and q.record in not_covered), ())

    async def add(self, new: NewRecord, title: str, text: str, asked: Sequence[str], source: str) -> Screen:
        """Propose a new entry for a question, or a new topic that is not covered."""
        title = " ".join(title.split())
        wordings = new_phrasings(self.advisor.knowledge, asked, covered=new.covered) or list(new.wordings[:1])
        fields: dict[str, Any] = {"reply": text.strip(), "ask": wordings}
        file, template = NEW_TOPICS, sentences.DECLINED
        if new.covered:
            facets = self.advisor.matcher.read(wordings[0]).facets
            fields = entry_fields(facets, text.strip(), wordings, source.strip(), self.now().date())
            file, template = NEW_ENTRIES, sentences.ADDED
        what = template.format(title=quoted(title), question=quoted(wordings[0]))
        edit = adding(self.manager.contents, self.advisor.knowledge, file, title, fields, what)
        trial = Trial(entry_id(title, self.advisor.knowledge.intents), (*new.wordings, *wordings))
        return await self.decisions.propose(replace(edit, question=new.question), trial)

    def show(self, record: str) -> Screen:
        """All there is to a record, and what can be done with it."""
        knowledge = self.advisor.knowledge
        if record not in knowledge.intents:
            return screen(sentences.NO_RECORD)
        buttons = [press(label, action, 0, record) for label, action in layouts.RECORD_ACTIONS]
        return screen(texts.record_text(knowledge, record), buttons)

    async def rewrite(self, record: str, title: str, text: str) -> Screen:
        """Propose another title and text for a record."""
        knowledge = self.advisor.knowledge
        fields = {"title": " ".join(title.split()), texts.text_field(knowledge, record): text.strip()}
        what = sentences.REWRITTEN.format(title=texts.title_of(knowledge, record))
        return await self.decisions.propose(rewriting(self.manager.contents, knowledge, record, fields, what))

    async def remove(self, _: int, record: str) -> Screen:
        """Propose to take a record away."""
        knowledge = self.advisor.knowledge
        if record not in knowledge.intents:
            return screen(sentences.NO_RECORD)
        what = sentences.REMOVED.format(title=texts.title_of(knowledge, record))
        return await self.decisions.propose(removing(self.manager.contents, knowledge, record, what))

    async def undo(self, number: int) -> Screen:
        """Propose to take a change back."""
        change = await self.history.change(number)
        if change is None:
            return screen(sentences.CHANGE_NONE)
        what = sentences.UNDOING.format(id=change.id, what=change.what)
        return await self.decisions.propose(undoing(self.manager.contents, change, what))

    def _nearest(self, text: str, kind: Kind) -> Sequence[tuple[str, str]]:
        found = self.advisor.matcher.match(text).of_kind(kind)[:NEAREST]
        return [(c.target.id, c.target.title) for c in found]


def curation_of(interaction: Interaction) -> Curation:
    """The curation of the bot that got this interaction."""
    curation: Curation = interaction.client.curation
    return curation
