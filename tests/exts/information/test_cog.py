"""`/about`, `/help`, `/privacy` and `/forget-me`."""

import pytest

from bot.ui import sentences
from tests.exts.conftest import text_of

pytestmark = pytest.mark.asyncio

QUESTION = "what does a junior AI engineer earn?"
ENTRY = "ai_engineer.salary.entry"


async def disliked(world):
    """The entries that were voted down, and how often."""
    return (await world.bot.questions.since(world.bot.store.now().date())).disliked


@pytest.mark.parametrize(
    ("command", "part"),
    [("about", "one curated source"), ("help", "/compare"), ("privacy", "What I keep")],
)
async def test_information_is_private(world, command, part):
    """`/about`, `/help` and `/privacy` answer the member alone."""
    result = await world.asker.slash(world.channel, command)
    assert result.ephemeral
    assert part in text_of(result.response.message)


async def test_forget_me_forgets_all_of_it(world, expected_errors, data_folder):
    """Open questions, votes and the conversation, at once; nobody else's."""
    for actor in (world.asker, world.stranger):
        reply = await world.mention(QUESTION, actor)
        await actor.click(reply, label=sentences.BUTTON_DOWN)
    result = await world.asker.slash(world.channel, "forget-me")
    assert (result.ephemeral, text_of(result.response.message)) == (True, sentences.FORGOTTEN)
    assert len(await world.bot.questions.open()) == 1
    assert await disliked(world) == {ENTRY: 1}
    for actor, is_kept in ((world.asker, False), (world.stranger, True)):
        reply = await world.mention("and prompt engineers?", actor)
        assert ("### Entry-level prompt engineer pay" in text_of(reply)) is is_kept
    expected_errors.append("the journal fails")
    await world.bot.store._engine.dispose()
    for file in data_folder.iterdir():
        file.unlink()
    data_folder.rmdir()
    data_folder.write_text("")
    result = await world.asker.slash(world.channel, "forget-me")
    assert text_of(result.response.message) == sentences.JOURNAL_AWAY
