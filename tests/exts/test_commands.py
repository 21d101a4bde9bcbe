"""What Discord is told of the commands."""

import re

import pytest

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
