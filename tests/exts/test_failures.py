"""When Discord or the bot fails: one private line with a reference, or silence, never a traceback and never twice."""

import re

import discord
import pytest

from bot.logs import Formatter
from tests.exts.conftest import labels_of, text_of

pytestmark = pytest.mark.asyncio

QUESTION = "what does a junior AI engineer earn?"


async def test_an_unexpected_error_is_one_private_line(world, monkeypatch, expected_errors, caplog):
    """The member sees a reference that also stands in the log, and nothing of the error."""

    def fail(*_, **__):
        raise RuntimeError("secret detail")

    caplog.handler.setFormatter(Formatter())
    monkeypatch.setattr(world.bot.answers.advisor, "reply", fail)
    expected_errors.append("unexpected RuntimeError")
    result = await world.asker.slash(world.channel, "ask", question=QUESTION)
    monkeypatch.undo()
    assert result.ephemeral
    assert "secret" not in result.response.content
    reference = re.search(r"Reference: (\w+)", result.response.content)[1]
    assert f"[{reference}]" in caplog.text
    assert world.env.errors  # simcord wants handled errors to be looked at


async def test_an_error_in_a_button_is_told_too(world, monkeypatch, expected_errors):
    """discord.py swallows what breaks in a DynamicItem: the guard does not."""
    reply = await world.mention(QUESTION)

    def fail(*_, **__):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(world.bot.answers, "entries", fail)
    expected_errors.append("unexpected RuntimeError")
    result = await world.asker.click(reply, label=labels_of(reply)[0])
    assert result.ephemeral
    assert "Reference" in result.response.content


async def test_a_failing_discord_is_no_error_of_ours(world, caplog):
    """A refusal while answering a message is a warning and an apology, and the next question is answered."""
    world.env.inject_error("POST", "/channels/*/messages", status=429)
    await world.asker.send(world.channel, f"<@{world.bot.user.id}> {QUESTION}")
    assert "something went wrong on my side" in world.channel.last_message.content
    assert "Discord failed" in caplog.text
    assert "$90,000" in text_of(await world.mention(QUESTION))


async def test_a_failing_interaction_response_is_tried_once_more_as_an_apology(world, caplog):
    """When the answer can't be delivered, the member is told with a reference."""
    world.env.inject_error("POST", "/interactions/*/*/callback", status=500)
    result = await world.asker.slash(world.channel, "ask", question=QUESTION)
    assert "Reference" in result.response.content
    assert "Discord failed" in caplog.text
    assert world.env.errors


async def test_an_interaction_that_is_gone_is_let_go(world, caplog):
    """10062: nobody is left to tell, so it is only noted."""
    world.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062, message="Unknown interaction")
    result = await world.asker.slash(world.channel, "ask", question=QUESTION)
    assert result.response is None
    assert "was gone before it was answered" in caplog.text
    assert world.env.errors


async def test_no_permission_to_send_is_silence(world, caplog):
    """Where the bot may not write, it does not try elsewhere."""
    closed = world.guild.create_text_channel(
        "closed", overwrites={world.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    )
    moderator = world.guild.add_member(
        world.env.create_user("boss"),
        roles=[world.guild.create_role("Boss", permissions=discord.Permissions(administrator=True))],
    )
    await moderator.send(closed, f"<@{world.bot.user.id}> {QUESTION}")
    assert closed.last_message.author.id == moderator.id
    assert "no permission to reply" in caplog.text


async def test_no_permission_to_attach_leaves_out_the_chart(world):
    """The answer comes all the same."""
    plain = world.guild.create_text_channel(
        "plain", overwrites={world.guild.default_role: discord.PermissionOverwrite(attach_files=False)}
    )
    reply = await world.mention(QUESTION, channel=plain)
    assert "$90,000" in text_of(reply)
    assert not reply.attachments


async def test_a_deleted_question_is_still_answered(world):
    """Discord refuses to reply to a message that is gone; the answer then stands by itself."""
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=50035, message="Unknown message")
    reply = await world.mention(QUESTION)
    assert "$90,000" in text_of(reply)
    assert reply.reference is None


HOSTILE = [
    "@everyone @here <@&1> what do AI engineers earn",
    "**bold** ||spoiler|| ```code``` [link](https://example.com) # heading",
    "zero\u200bwidth\u2060 jun\u200bior ai engineer sal\u00adary",
    "\u202eright to left \u202c salary",
    "🦄" * 50,
    "a" * 1900,
    "what? " * 300,
    "Z̷̢a̵l̶g̴o̵ ̷s̸a̸l̷a̴r̵y̸",
    "'; DROP TABLE users; -- {range} {0} %s $HOME",
    "\x00\x07 salary \x1b[31m",
    "?" * 100,
    "<@123> <#456> <:emoji:789012345678901234>",
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_messages_get_one_harmless_reply(world, text):
    """Whatever is typed, there is exactly one reply, it pings nobody and keeps Discord's limits."""
    reply = await world.mention(text)
    assert reply.author.id == world.bot.user.id
    assert len(world.channel.history()) == 2
    assert len(text_of(reply)) <= 4000
    assert not reply.mention_everyone
    assert not reply.mentions
    assert not reply.role_mentions


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_questions_by_command(world, text):
    """`/ask` takes them too, and what it quotes is escaped."""
    result = await world.asker.slash(world.channel, "ask", question=text[:1000])
    shown = text_of(result.response.message)
    assert "@everyone" not in shown
    assert len(shown) <= 4000
