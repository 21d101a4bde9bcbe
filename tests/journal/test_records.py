"""QuestionLog, votes, tallies, history and proposals: what goes in comes out, and what should be forgotten is."""

import datetime as dt

import pytest
import sqlalchemy as sa

from bot.journal.history import Edit, History
from bot.journal.questions import MAX_TEXT, QuestionLog
from bot.journal.quiz_outcomes import QuizOutcomes
from bot.journal.tables import proposals, questions, votes

pytestmark = pytest.mark.asyncio

DAY = dt.date(2026, 11, 23)


async def test_open_questions_come_latest_first(store, clock):
    """With all that moderators need, and no member in it."""
    noted = QuestionLog(store)
    noted.note(1, "first?", 42, "decline", "remote_work")
    clock.pass_days(1)
    noted.note(2, "x" * 900, 42, "clarify")
    second, first = await noted.open()
    assert (first.id, first.text, first.outcome, first.record, first.tell) == (
        1,
        "first?",
        "decline",
        "remote_work",
        None,
    )
    assert first.at == dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    assert len(second.text) == MAX_TEXT
    rows = await store.execute(sa.select(questions.c.member))
    assert {member for (member,) in rows} == {await store.code(42)}


async def test_the_same_question_is_noted_once(store):
    """A second press, or a second process, adds nothing."""
    noted = QuestionLog(store)
    noted.note(1, "first?", 42, "decline")
    noted.note(1, "again?", 42, "decline")
    assert [q.text for q in await noted.open()] == ["first?"]


async def test_closed_questions_are_forgotten(store):
    """Text is not kept longer than needed."""
    noted = QuestionLog(store)
    for number in (1, 2):
        noted.note(number, "x", 42, "decline")
    noted.tell(1, 99)
    assert {q.tell for q in await noted.open()} == {None, 99}
    await noted.close([1])
    assert [q.id for q in await noted.open()] == [2]


async def test_one_vote_a_member_and_answer(store):
    """The second takes the place of the first."""
    noted = QuestionLog(store)
    for up in (True, False, False):
        noted.vote(42, "a.b", up=up)
    noted.vote(43, "a.b", up=False)
    noted.vote(43, "c", up=True)
    assert (await noted.since(DAY)).disliked == {"a.b": 2}


async def test_a_week_is_counted_by_outcome(store, clock):
    """From a day on."""
    noted = QuestionLog(store)
    noted.count("answer")
    clock.pass_days(3)
    for outcome in ("answer", "answer", "decline"):
        noted.count(outcome)
    assert (await noted.since(DAY)).outcomes == {"answer": 3, "decline": 1}
    assert (await noted.since(DAY + dt.timedelta(days=1))).outcomes == {"answer": 2, "decline": 1}


async def test_forgetting_a_member_is_whole_and_at_once(store):
    """QuestionLog, the way to write to them, and votes; nobody else's."""
    noted = QuestionLog(store)
    for member in (42, 43):
        noted.note(member, "x", member, "decline")
        noted.vote(member, "a", up=False)
    noted.tell(42, 99)
    await noted.forget(42)
    assert [q.id for q in await noted.open()] == [43]
    rows = await store.execute(sa.select(votes.c.member))
    assert [member for (member,) in rows] == [await store.code(43)]


async def test_outcomes_of_the_quiz_by_server(store, clock):
    """Over all days, and nobody else's."""
    tally = QuizOutcomes(store)
    for day in range(2):
        clock.pass_days(day)
        tally.add(1, "both")
    tally.add(2**62, "mixed")
    assert (await tally.of(1), await tally.of(2**62), await tally.of(3)) == ({"both": 2}, {"mixed": 1}, {})


async def test_the_history_keeps_who_what_and_when(store, clock):
    """The latest first; a change that was not made after all is struck."""
    history = History(store)
    one = await history.record(Edit("first", "a.yaml", b"1\n2\n3\n4\nold\n", b"1\n2\n3\n4\nnew\n"), 7)
    clock.pass_days(1)
    two = await history.record(Edit("second", "b.yaml", None, b"file"), None)
    latest = await history.latest(5)
    assert [(c.id, c.who, c.what, c.before, c.after) for c in latest] == [
        (two, None, "second", None, "file"),
        (one, 7, "first", "3\n4\nold\n", "3\n4\nnew\n"),
    ]
    await history.strike(two)
    assert await history.change(two) is None
    assert (await history.change(one)).line == 3


async def test_what_a_crash_leaves_open_is_known_later(store, clock):
    """Only what was not confirmed, and only when nobody can still be about to make it."""
    history = History(store)
    made, left = [await history.record(Edit(what, "a.yaml", b"old", b"new"), 7) for what in ("made", "left")]
    await history.record(Edit("by hand", "a.yaml", b"new", b"newer"), None)
    await history.confirm(made)
    assert await history.unconfirmed() == []
    clock.pass_days(1)
    assert [change.id for change in await history.unconfirmed()] == [left]


async def test_an_edit_by_hand_is_kept_once(store, make_store, clock):
    """However many processes see it; and not at all when one of them made it."""
    history, other_store = History(store), make_store()
    other = History(other_store)
    for seen_by in (history, other):
        await seen_by.record_by_hand(Edit("by hand", "a.yaml", b"old", b"new"))
    await history.record(Edit("taught", "a.yaml", b"new", b"newer"), 7)
    await other.record_by_hand(Edit("by hand", "a.yaml", b"new", b"newer"))
    assert [c.who for c in await history.latest(9)] == [7, None]
    clock.pass_days(1)
    await other.record_by_hand(Edit("by hand", "a.yaml", b"newer", b"new"))
    assert len(await history.latest(9)) == 3
    await other_store.close()


async def test_a_proposal_is_decided_once(store, clock):
    """Whoever takes it decides; after a day it is gone."""
    history = History(store)
    edit = Edit("what", "a.yaml", None, "ünï\n".encode(), 5)
    number = await history.propose(edit)
    assert (await history.take(number), await history.take(number)) == (edit, None)
    number = await history.propose(edit)
    clock.pass_days(2)
    await store.purge({proposals: 1})
    assert await history.take(number) is None
