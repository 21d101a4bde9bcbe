"""Everything that the bot sends is what Discord's own description allows."""

import pytest

from tests.wire import description
from tests.wire.test_process import answered

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(description.FILE is None, reason=description.MISSING),
]

QUESTIONS = ["what does a baker earn", "umbrella bonus", "pay", "hello there", "holidays", "baker hours and cook wage"]


async def test_every_body_is_what_discord_allows(server, bot):
    """Log-in, sync, answers of every kind, presses, menus, forms, errors: held against the description."""
    for question in QUESTIONS:
        (reply,) = await answered(await server.mention(question))
        for custom_id in [i["custom_id"] for i in description._walk(reply["components"]) if i.get("type") == 2]:
            await answered(await server.press(reply, custom_id))
        await answered(await server.slash("ask", {"question": question}))
    for command in ("topics", "help", "about", "privacy", "quiz", "forget-me", "quiz-stats"):
        await answered(await server.slash(command))
    server.fail("POST", "/callback", status=500, times=6)
    await server.slash("help")
    found = {
        f"{r.method} {r.path.split('/')[1]}: {fault}"
        for r in server.requests
        for fault in description.faults(r.method, r.path, r.body)
    }
    assert sorted(found) == []
    assert len(server.requests) > 40
    assert bot.process.returncode is None


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ({"content": "x" * 2001}, "longer than 2,000"),
        ({"content": "x", "colour": 1}, "'colour' was unexpected"),
        ({"content": "x", "flags": description.V2}, "beside Components V2"),
        ({"components": [{"type": 10, "content": "x"}]}, "without the flag"),
        ({"flags": description.V2, "components": [{"type": 10, "content": "x" * 2500}] * 2}, "4,000"),
        (
            {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "a"}] * 2}]},
            "twice",
        ),
        ({"content": "x", "allowed_mentions": {"parse": ["everyone"]}}, "mentions are allowed"),
    ],
)
async def test_what_discord_refuses_is_found(body, part):
    """The check can fail."""
    assert any(part in fault for fault in description.faults("POST", "/channels/1/messages", body))


async def test_unknown_paths_and_names_are_found():
    """A request that Discord has no path for, and a command's name that it refuses."""
    assert description.faults("POST", "/nowhere", {}) == ["POST /nowhere is not in the description"]
    named = description.faults("PUT", "/applications/1/commands", [{"name": "No Good", "description": "x", "type": 1}])
    assert any("No Good" in fault for fault in named)
