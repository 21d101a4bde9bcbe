"""A question → a message ready to be sent. What the cog and the buttons share; sends nothing itself.

Asks the manager for the advisor in use, which a reload replaces in one assignment.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from weakref import WeakValueDictionary

from rapidfuzz import fuzz, process, utils

from bot.charts.canvas import Chart
from bot.charts.pay import pay_bars, pay_chart
from bot.curation.manager import KnowledgeManager
from bot.dialogue.advisor import Advisor
from bot.dialogue.records import Conversation, Reply
from bot.exts.answers.layouts import answer_layout, reply_layout
from bot.exts.answers.memory import Conversations, Key
from bot.journal.questions import Miss, QuestionLog
from bot.journal.store import random_id
from bot.knowledge.records import OFF_TOPIC, OTHER_LANGUAGE, KnowledgeBase
from bot.matching.decision import Outcome
from bot.matching.language import detected
from bot.matching.text import MAX_CHARACTERS, clean
from bot.metrics import Metrics
from bot.ui.layouts import MAX_OPTIONS, Screen
from bot.ui.texts import by_references, entries_shown

log = logging.getLogger(__name__)

# What a question seems to mean counts so many times as much as the likeness of its letters to a title.
MEANING = 3
# An answer that leads by less is shown to the moderators: of these a third are wrong, of the others 6 in 100.
UNSURE = 0.6
# Of what is typed, so much is looked at with every key.
TYPED = 100
# What fits so much worse than the best is not offered.
FITS = 0.5


# Sends a message, privately or for all to see.
Send = Callable[[Screen, bool], Awaitable[None]]


@dataclass(frozen=True)
class Asked:
    """A question, its conversation (by whom, and where), and what its answer may look like.

    Without permission to attach files, it goes without its chart. A miss may be private where an answer is not. `react`
    is there where the bot only reads along: then chatter gets no more than a reaction.
    """

    text: str
    conversation: Key
    files: bool
    quoted: bool = False
    private_misses: bool = False
    react: Callable[[str], Awaitable[None]] | None = None


class Responder:
    """Turns questions into messages."""

    def __init__(
        self, manager: KnowledgeManager, conversations: Conversations, questions: QuestionLog, metrics: Metrics
    ) -> None:
        """Take the parts that it works with."""
        self.manager, self.conversations, self.questions, self.metrics = manager, conversations, questions, metrics
        # Questions are thought about one after the other, in their order, beside the event loop; a conversation's next
        # once the one before is answered.
        self._thinking = ThreadPoolExecutor(1, "answers")
        self._turns: WeakValueDictionary[Key, asyncio.Lock] = WeakValueDictionary()

    @property
    def advisor(self) -> Advisor:
        """The advisor in use now."""
        return self.manager.advisor

    @property
    def knowledge(self) -> KnowledgeBase:
        """What is known now."""
        return self.advisor.knowledge

    async def warm_up(self) -> None:
        """Make beforehand what the first question of its kind would wait for: the language detector, the pay charts."""
        if OTHER_LANGUAGE in self.knowledge.small_talk:
            await asyncio.to_thread(detected, "")
        for entry_id, entry in self.knowledge.entries.items():
            if entry.figures:
                await self._chart([entry_id], Conversation())

    async def respond(self, asked: Asked, send: Send) -> None:
        """Ask, render and send: the one path of every question. Remembers the turn."""
        with self.metrics.timed("respond"):
            async with self._turns.setdefault(asked.conversation, asyncio.Lock()):
                conversation = self.conversations[asked.conversation]
                with self.metrics.timed("match"):
                    loop = asyncio.get_running_loop()
                    reply = await loop.run_in_executor(self._thinking, self.advisor.reply, asked.text, conversation)
                self.conversations[asked.conversation] = reply.conversation
            number = self._note(asked, reply)
            chatter = self.knowledge.small_talk.get(reply.record or "")
            if asked.react and chatter and chatter.reaction:
                return await asked.react(chatter.reaction)
            is_answer, owner = reply.outcome is Outcome.ANSWER, asked.conversation[0]
            private = asked.private_misses and not is_answer
            with self.metrics.timed("render"):
                may_show = is_answer and asked.files
                chart = await self._chart([e.id for e in reply.entries], conversation) if may_show else None
                quoted = asked.text if asked.quoted else None
                screen = reply_layout(
                    self.knowledge,
                    reply,
                    owner=owner,
                    private=private,
                    chart=chart,
                    question=quoted,
                    number=number,
                    beginning_only=len(asked.text) > MAX_CHARACTERS,
                )
            return await send(screen, private)

    def _note(self, asked: Asked, reply: Reply) -> int | None:
        """Count a question; the number under which it is open if it got no good answer, but was about the subject.

        What a moderator has found right as it is, or answered in checks.yaml, is not open again.
        """
        self.metrics.questions.labels(reply.outcome).inc()
        self.questions.count(reply.outcome)
        entries = ",".join(e.id for e in reply.entries)
        log.info("question: outcome=%s entries=%s record=%s", reply.outcome, entries, reply.record)
        text, outcome, record = clean(asked.text), str(reply.outcome), reply.record
        if reply.outcome is Outcome.ANSWER and reply.lead < UNSURE:
            outcome, record = Miss.UNSURE, reply.entries[0].id
        elif reply.outcome is Outcome.ANSWER:
            self.questions.note_answered(text, reply.entries[0].id)
        is_open = outcome in {Outcome.CLARIFY, Outcome.DECLINE, Miss.UNSURE} and record != OFF_TOPIC
        if not is_open or self.knowledge.is_checked(text):
            return None
        number = random_id()
        self.questions.note(number, text, asked.conversation[0], outcome, record)
        return number

    async def entries(self, ids: Sequence[str], key: Key, *, private: bool, files: bool = True) -> Screen:
        """Entries that were chosen, as a message, side by side; the conversation goes on from there.

        Raises KeyError when one is gone.
        """
        before = self.conversations[key]
        self.conversations[key] = self.advisor.chosen(ids, before).conversation
        chart = await self._chart(ids, before) if files else None
        return answer_layout(self.knowledge, ids, owner=key[0], private=private, chart=chart)

    def remember_quiz(self, conversation: Key, note: str, role: str | None) -> None:
        """What the quiz said, for as long as the conversation lasts."""
        self.conversations[conversation] = self.conversations[conversation].after_quiz(note, role)

    async def forget(self, member: int) -> None:
        """Forget a member's conversations, open questions and votes. Raises JournalError."""
        self.conversations.forget(member)
        await self.questions.forget(member)

    def suggest(self, typed: str) -> list[str]:
        """Titles of entries, those that the words typed so far most likely ask for first: at most 25.

        A title is one of its entry's phrasings, so that whoever chooses one gets just that entry.
        """
        titles = {entry_id: self.knowledge.entries[entry_id].title for entry_id in by_references(self.knowledge)}
        wanted = clean(typed[:TYPED])
        if wanted:
            likely = {c.target.id: c.confidence for c in self.advisor.matcher.match_begun(wanted).candidates}
            found = process.extract(
                wanted, titles, scorer=fuzz.partial_ratio, processor=utils.default_process, limit=None
            )
            alike = {entry_id: score / 100 for _, score, entry_id in found}
            fit = {entry_id: alike[entry_id] + MEANING * likely.get(entry_id, 0) for entry_id in titles}
            least = FITS * max(fit.values())
            titles = {
                entry_id: titles[entry_id] for entry_id in sorted(fit, key=lambda i: -fit[i]) if fit[entry_id] >= least
            }
        return list(titles.values())[:MAX_OPTIONS]

    async def _chart(self, ids: Sequence[str], before: Conversation) -> Chart | None:
        """The pay chart, where the answer is about yearly pay, for the first time in the conversation."""
        known, shown = self.knowledge.entries, entries_shown(self.knowledge, ids)
        topics = {e.topic for e in known.values() if e.figures}
        about_pay = [e for e in shown if e.topic in topics and not (e.figures and e.figures.per == "hour")]
        if not about_pay or any(i in known and known[i].topic in topics for i in before.answered):
            return None
        bars = pay_bars(self.knowledge, about_pay)
        return await asyncio.to_thread(pay_chart, bars) if bars else None
