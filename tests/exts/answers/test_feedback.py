"""Votes, and being told."""

import pytest

from bot.ui import sentences
from tests.exts.conftest import labels_of, text_of

pytestmark = pytest.mark.asyncio

QUESTION = "what does a junior AI engineer earn?"
ENTRY = "ai_engineer.salary.entry"


async def disliked(world):
    """The entries that were voted down, and how often."""
    return (await world.bot.questions.since(world.bot.store.now().date())).disliked


async def test_everybody_has_one_vote_an_answer(world):
    """The asker and others; the last press counts."""
    reply = await world.mention(QUESTION)
    for actor in (world.asker, world.stranger, world.asker):
        await actor.click(reply, label=sentences.BUTTON_DOWN)
    assert await disliked(world) == {ENTRY: 2}
    up = await world.asker.click(reply, label=sentences.BUTTON_UP)
    assert (up.ephemeral, up.response.content) == (True, sentences.VOTED_UP)
    assert await disliked(world) == {ENTRY: 1}


async def test_a_vote_down_offers_the_runners_up_and_opens_the_question(world):
    """Privately; moderators see the question once, however often it is pressed."""
    reply = await world.mention(QUESTION)
    for _ in range(2):
        result = await world.stranger.click(reply, label=sentences.BUTTON_DOWN)
    assert result.ephemeral
    assert text_of(result.response.message) == sentences.VOTED_DOWN
    assert len(labels_of(result.response.message)) > 1
    (noted,) = await world.bot.questions.open()
    assert (noted.text, noted.outcome) == (QUESTION, "voted_down")


async def test_the_question_is_read_from_a_quote(world):
    """Answers to `/ask` quote it, escaped; what moderators see is what was asked."""
    asked = "what does a *junior* AI_engineer @everyone earn?"
    shown = (await world.asker.slash(world.channel, "ask", question=asked)).response.message
    await world.asker.click(shown, label=sentences.BUTTON_DOWN)
    (noted,) = await world.bot.questions.open()
    assert noted.text == "what does a junior AI engineer @everyone earn?"


async def test_a_deleted_question_is_no_harm(world):
    """Where its words can't be read any more, only the vote counts."""
    reply = await world.mention(QUESTION)
    question = world.channel.history()[-2]
    await world.asker.delete(question)
    await world.asker.click(reply, label=sentences.BUTTON_DOWN)
    assert await world.bot.questions.open() == []
    assert await disliked(world) == {ENTRY: 1}


async def test_declined_questions_are_noted(world):
    """With the record that declined them; what has nothing to do with the subject is not."""
    for text in ("prompt engineer salary in Germany", "asdf qwer zxcv pizza recipe"):
        await world.mention(text)
    (noted,) = await world.bot.questions.open()
    assert (noted.text, noted.outcome) == ("prompt engineer salary in Germany", "decline")
    assert noted.record is not None


@pytest.mark.usefixtures("clarification")
async def test_clarified_questions_are_noted(world):
    """Without a record: no answer was given."""
    await world.mention("what is chain of thought")
    (noted,) = await world.bot.questions.open()
    assert (noted.text, noted.outcome, noted.record) == ("what is chain of thought", "clarify", None)


async def test_tell_me_later_is_the_askers(world):
    """A stranger gets a friendly line; where no DM arrives, so does the asker."""
    declined = await world.mention("prompt engineer salary in Germany")
    stranger = await world.stranger.click(declined, label=sentences.BUTTON_TELL)
    assert stranger.response.content == sentences.NOT_YOURS
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    refused = await world.asker.click(declined, label=sentences.BUTTON_TELL)
    assert (refused.ephemeral, refused.response.content) == (True, sentences.CANT_TELL)
    assert [q.tell for q in await world.bot.questions.open()] == [None]
