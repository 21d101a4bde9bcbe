"""What Discord is told of the commands."""

import re

import pytest

from bot.ui import sentences

pytestmark = pytest.mark.asyncio


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


async def test_a_command_that_an_update_removed_gets_a_line(world, caplog):
    """Discord shows it for a while; whoever chooses it is told, and the log has no error."""
    world.bot.tree.remove_command("about")
    result = await world.asker.slash(world.channel, "about")
    assert (result.ephemeral, result.response.content) == (True, sentences.COMMAND_GONE)
    assert not [r for r in caplog.records if r.levelname == "ERROR"]
    assert world.env.errors  # the simulator reports it; the bot has answered
