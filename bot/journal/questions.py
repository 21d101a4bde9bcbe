"""What members asked: how often each outcome came, the questions that got no good answer, and votes on answers.

A question's text is kept only for a time; where it got its answer, without whose it was.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from bot.journal.store import Member, Store, random_id
from bot.journal.tables import counts, questions, votes

MAX_TEXT = 500
ANSWERED = "answer"
MAX_OPEN = 1000
NAMED = 5


class Miss(StrEnum):
    """Why a question is open, other than that it was declined or clarified."""

    UNSURE = "unsure"
    NOT_MEANT = "not_meant"
    VOTED_DOWN = "voted_down"
    PICKED = "picked"


@dataclass(frozen=True)
class OpenQuestion:
    """A question as it is kept: what came of it, the record that answered or declined it, and whose it is.

    `member` is a code that is the same for all questions of a member.
    """

    id: int
    at: dt.datetime
    text: str
    outcome: str
    record: str | None
    tell: int | None
    member: str = ""


@dataclass(frozen=True)
class Week:
    """What came in since a day: questions by outcome, and the entries that were voted down most."""

    outcomes: Mapping[str, int]
    disliked: Mapping[str, int]


class QuestionLog:
    """Notes and finds members' questions and votes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._add = store.insert(questions).on_conflict_do_nothing()
        self._tell = sa.update(questions).where(questions.c.id == sa.bindparam("question"))
        vote = store.insert(votes)
        changed = {"up": vote.excluded.up, "at": vote.excluded.at}
        self._vote = vote.on_conflict_do_update(index_elements=["member", "entry"], set_=changed)

    @property
    def queued(self) -> int:
        """How many notes wait to be written."""
        return self._store.queued

    def count(self, outcome: str) -> None:
        """Count a question."""
        self._store.count(counts, day=self._store.now().date(), outcome=outcome)

    def note(self, question: int, text: str, member: int, outcome: str, record: str | None = None) -> None:
        """Note a question that got no good answer; the same one again does nothing."""
        self._note(question, text, outcome, record, Member(member))

    def note_answered(self, text: str, record: str) -> None:
        """Note a question that got its answer, and which; not whose it was."""
        self._note(random_id(), text, ANSWERED, record, "")

    def _note(self, number: int, text: str, outcome: str, record: str | None, member: Member | str) -> None:
        row = {"id": number, "at": self._store.now(), "text": text[:MAX_TEXT], "outcome": outcome, "record": record}
        self._store.note(self._add, **row, member=member)

    def tell(self, question: int, channel: int) -> None:
        """Remember where to tell the asker when it is answered."""
        self._store.note(self._tell, question=question, tell=channel)

    def vote(self, member: int, entry: str, *, up: bool) -> None:
        """A member's vote on an answer; a second one takes the place of the first."""
        self._store.note(self._vote, member=Member(member), entry=entry, up=up, at=self._store.now())

    async def open(self) -> list[OpenQuestion]:
        """The open questions, the latest first. Raises JournalError."""
        return await self._latest(questions.c.outcome != ANSWERED, MAX_OPEN)

    async def answered(self, most: int) -> list[OpenQuestion]:
        """The questions that got their answer, the latest first. Raises JournalError."""
        return await self._latest(questions.c.outcome == ANSWERED, most)

    async def _latest(self, where: sa.ColumnElement[bool], most: int) -> list[OpenQuestion]:
        await self._store.flush()
        columns = [questions.c[name] for name in OpenQuestion.__dataclass_fields__]
        latest = sa.select(*columns).where(where).order_by(questions.c.at.desc(), questions.c.id).limit(most)
        return [OpenQuestion(*row) for row in await self._store.execute(latest)]

    async def close(self, ids: Iterable[int]) -> None:
        """These are done with: they are forgotten. Raises JournalError."""
        await self._store.execute(sa.delete(questions).where(questions.c.id.in_(list(ids))))

    async def forget(self, member: int) -> None:
        """Forget everything about a member at once. Raises JournalError."""
        await self._store.flush()
        key = await self._store.code(member)
        await self._store.execute(*(sa.delete(table).where(table.c.member == key) for table in (questions, votes)))

    async def since(self, day: dt.date) -> Week:
        """What came in from this day on. Raises JournalError."""
        outcomes = await self._store.totals(counts, counts.c.day >= day)
        start, down = dt.datetime.combine(day, dt.time(), dt.UTC), sa.func.count()
        disliked = sa.select(votes.c.entry, down).where(votes.c.up.is_(False), votes.c.at >= start)
        disliked = disliked.group_by(votes.c.entry).order_by(down.desc(), votes.c.entry).limit(NAMED)
        return Week(outcomes, {entry: int(number) for entry, number in await self._store.execute(disliked)})
