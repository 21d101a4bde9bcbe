"""The other commands, and what Discord is told of all of them."""

import re

import pytest

from bot.ui import sentences
from tests.exts.conftest import images_of, text_of

pytestmark = pytest.mark.asyncio


async def test_compare_sets_the_roles_side_by_side(world):
    """Both answers in one message, with both sources."""
    result = await world.asker.slash(world.channel, "compare", topic="salary")
    text = text_of(result.response.message)
    assert not result.ephemeral
    assert "### Prompt engineer pay" in text
    assert "### AI engineer pay" in text
    assert "paragraphs 15, 16" in text
    assert images_of(result.response.message)


async def test_compare_understands_free_text(world):
    """A member may type what is no choice."""
    result = await world.asker.slash(world.channel, "compare", topic="what they earn")
    assert "### AI engineer pay" in text_of(result.response.message)
    lost = await world.asker.slash(world.channel, "compare", topic="the weather")
    assert lost.ephemeral
    assert sentences.NO_COMPARISON in text_of(lost.response.message)


async def test_compare_completes_topics_that_both_roles_have(world):
    """The choices are the comparable topics, filtered by what was typed."""
    everything = await world.asker.autocomplete(world.channel, "compare", "topic", "")
    assert {"salary", "skills", "day", "fit"} <= {c["value"] for c in everything}
    assert "technique" not in {c["value"] for c in everything}
    assert [c["name"] for c in await world.asker.autocomplete(world.channel, "compare", "topic", "ski")] == ["Skills"]


@pytest.mark.parametrize(
    ("command", "part"),
    [("about", "one curated article"), ("help", "/compare"), ("privacy", "What I keep")],
)
async def test_information_is_private(world, command, part):
    """`/about`, `/help` and `/privacy` answer the member alone."""
    result = await world.asker.slash(world.channel, command)
    assert result.ephemeral
    assert part in text_of(result.response.message)


async def test_commands_are_what_discord_allows(world):
    """Names, descriptions and options keep Discord's limits, and every one is described."""
    commands = [c.to_dict(world.bot.tree) for c in world.bot.tree.get_commands()]
    chat = [c for c in commands if c["type"] == 1]
    assert {c["name"] for c in chat} == {
        "ask",
        "topics",
        "compare",
        "quiz",
        "quiz-stats",
        "about",
        "help",
        "privacy",
        "forget-me",
    }
    for command in chat:
        assert re.fullmatch(r"[a-z-]{1,32}", command["name"])
        for described in (command, *command["options"]):
            assert 1 <= len(described["description"]) <= 100
            assert described["description"] != "…"


async def test_commands_work_everywhere(world):
    """In servers, DMs and group chats, installed on a server or by a member; a server's figures in servers."""
    for command in world.bot.tree.get_commands():
        if command.name == "quiz-stats":
            assert command.to_dict(world.bot.tree)["contexts"] == [0]
            continue
        data = command.to_dict(world.bot.tree)
        assert (data["contexts"], data["integration_types"]) == ([0, 1, 2], [0, 1])
