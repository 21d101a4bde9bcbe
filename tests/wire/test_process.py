"""The real process over real sockets: it logs in, syncs, answers, and ends in order."""

import asyncio
import json
import re
import urllib.request

import pytest

from bot.ui import sentences
from tests.wire.conftest import launch, running
from tests.wire.payloads import MEMBER, message_payload, own_role_of, user_of

pytestmark = pytest.mark.asyncio


def text_of(message):
    """All text in a message's components."""
    found, todo = [], list(message["components"])
    while todo:
        item = todo.pop(0)
        found.append(item.get("content", ""))
        todo = [*item.get("components", ()), *todo]
    return "\n".join(found)


async def answered(asked, seconds=20):
    """The answers, once there is one."""
    await asyncio.wait_for(asked.done.wait(), seconds)
    return asked.answers


async def test_it_logs_in_syncs_and_answers(server, bot):
    """Commands for all and for the home server; a mention, a command and a press are answered, once each."""
    assert {c["name"] for c in server.commands[""]} >= {"ask", "quiz", "forget-me"}
    assert {c["name"] for c in server.commands[f"guilds/{server.home}"]} == {
        "knowledge",
        "questions",
        "Teach the bot this question",
    }
    (mention,) = await answered(await server.mention("what does a baker earn"))
    assert "Bakers earn $30,000" in text_of(mention)
    (slash,) = await answered(await server.slash("ask", {"question": "baker hours"}))
    assert "early" in text_of(slash)
    press = await server.press(mention, "show:cook.pay")
    assert "Cooks earn" in text_of((await answered(press))[0])
    assert bot.process.returncode is None


@pytest.mark.parametrize("compression", ["zlib-stream", "zstd-stream"])
async def test_both_compressions(server, folder, tmp_path, compression):
    """What the machine has is used; both are understood."""
    without = {} if compression == "zstd-stream" else {"PYTHONPATH": str(_without_zstandard(tmp_path))}
    async with running(server, folder, tmp_path / "data", **without) as bot:
        (reply,) = await answered(await server.mention("baker wage"))
        assert "Bakers earn" in text_of(reply)
        assert server.compressions[-1] == compression
        assert bot.process.returncode is None


def _without_zstandard(tmp_path):
    """A folder that hides the package."""
    (tmp_path / "hide").mkdir()
    (tmp_path / "hide" / "zstandard.py").write_text("raise ImportError")
    return tmp_path / "hide"


@pytest.mark.parametrize(
    ("code", "part"), [(4004, "refused the token"), (4014, "message content intent"), (4011, "SHARD_COUNT")]
)
async def test_close_codes_that_nothing_mends(server, folder, tmp_path, code, part):
    """One clear sentence, exit code 2."""
    server.close_next = code
    bot = await launch(server, folder, tmp_path / "data")
    assert await bot.ended() == 2
    assert part in bot.lines[-1] or part in " ".join(bot.lines[-3:])
    assert not bot.said("Traceback (most recent call last)")


async def test_a_refused_token(server, folder, tmp_path):
    """At the REST log-in, too."""
    bot = await launch(server, folder, tmp_path / "data", DISCORD_TOKEN="wrong")
    assert await bot.ended() == 2
    assert bot.said("refused the token")
    assert not bot.said("wrong")


async def test_without_a_network_it_tries_again_and_says_so(server, folder, tmp_path):
    """Later and later; when Discord is there, it comes up by itself."""
    await server.stop()
    bot = await launch(server, folder, tmp_path / "data", HTTP_PORT="0")
    await bot.says("next try in", 2)
    port = bot.said("health and metrics on")[0].rpartition(":")[2]
    assert (await asyncio.to_thread(fetch, port, "healthz"))[0] == 200
    assert (await asyncio.to_thread(fetch, port, "readyz"))[0] == 503
    await server.start()
    await bot.says("ready as")
    assert (await asyncio.to_thread(fetch, port, "readyz"))[0] == 200
    assert await bot.stop() == 0


def fetch(port, page):
    """Status and text of a page."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{page}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


async def test_figures_for_prometheus(server, folder, tmp_path):
    """Questions by outcome, seconds by step, gateway, journal."""
    async with running(server, folder, tmp_path / "data", HTTP_PORT="0") as bot:
        await answered(await server.mention("baker wage"))
        port = bot.said("health and metrics on")[0].rpartition(":")[2]
        _, text = await asyncio.to_thread(fetch, port, "metrics")
    for part in (
        'advisor_questions_total{outcome="answer"} 1.0',
        'advisor_step_seconds_count{step="match"} 1.0',
        'advisor_step_seconds_count{step="respond"} 1.0',
        "advisor_ready 1.0",
        "advisor_servers 1.0",
        "advisor_journal_lost 0.0",
    ):
        assert part in text


async def test_json_lines_hold_neither_token_nor_text(server, folder, tmp_path):
    """Each line is an object; nobody's words and no secret are in it."""
    async with running(server, folder, tmp_path / "data", LOG_FORMAT="json", LOG_LEVEL="INFO") as bot:
        await answered(await server.mention("baker wage xyzzy"))
        await bot.says("question: outcome")
    lines = [json.loads(line) for line in bot.lines]
    assert {"at", "level", "logger", "message"} <= set(lines[0])
    assert not bot.said("xyzzy")
    assert not bot.said(server.environment["DISCORD_TOKEN"])


@pytest.mark.parametrize("style", ["human", "json"])
async def test_no_line_holds_a_secret(server, folder, tmp_path, style):
    """Not even with all that libraries say at DEBUG, while the database can't be reached and Discord refuses."""
    secrets = {
        "DATABASE_URL": "postgresql://advisor:hun%24ter2@127.0.0.1:1/x",
        "LOG_LEVEL": "DEBUG",
        "LOG_FORMAT": style,
    }
    async with running(server, folder, tmp_path / "data", **secrets) as bot:
        server.fail("POST", "/messages", status=401)
        await answered(await server.mention("holiday as a baker"))
        await bot.says("the journal fails")
        await bot.says("Discord failed")
    for secret in (server.environment["DISCORD_TOKEN"], "hun%24ter2", "hun$ter2"):
        assert not bot.said(secret)


async def test_the_reference_that_a_member_sees_leads_to_the_log(server, folder, tmp_path):
    """All lines of one request carry it, and no other's."""
    async with running(server, folder, tmp_path / "data", LOG_FORMAT="json") as bot:
        await answered(await server.mention("baker wage"))
        server.fail("POST", "/messages", status=400)
        (apology,) = await answered(await server.mention("baker wage"))
    reference = re.search(r"Reference: (\w+)", apology["content"])[1]
    lines = [line for line in map(json.loads, bot.lines) if line.get("request") == reference]
    assert [line["message"].split(":")[0] for line in lines] == ["question", "Discord failed"]


async def test_a_stop_finishes_what_is_under_way(server, folder, tmp_path):
    """SIGTERM: an answer that hangs is finished, then the process ends with 0; nothing new is taken."""
    bot = await launch(server, folder, tmp_path / "data")
    await bot.says("ready as")
    server.hold("POST", "/messages", seconds=1.5)
    asked = await server.mention("baker wage")
    await server.requested("/messages")
    code = await bot.stop()
    assert (code, len(asked.answers)) == (0, 1)
    assert bot.said("stopped")


async def test_a_second_stop_ends_at_once(server, folder, tmp_path):
    """Whoever is in a hurry asks twice."""
    bot = await launch(server, folder, tmp_path / "data", STOP_SECONDS="600")
    await bot.says("ready as")
    server.hold("POST", "/messages", seconds=600)
    await server.mention("baker wage")
    await server.requested("/messages")
    bot.process.terminate()
    await bot.says("stopping")
    bot.process.terminate()
    assert await bot.ended() == -15


@pytest.mark.usefixtures("bot")
async def test_the_bots_own_role_is_as_good_as_its_name(server):
    """Discord offers both when somebody types the bot's name."""
    role = own_role_of(server.home)
    asked = await server.mention("", content=f"<@&{role}> baker wage", mentions=[], mention_roles=[role])
    assert "Bakers earn" in text_of((await answered(asked))[0])


@pytest.mark.usefixtures("bot")
async def test_a_forwarded_question_is_read(server):
    """A forwarded message has no text of its own."""
    sent = message_payload("1", "baker wage", server.channel_ids[server.home], user_of(MEMBER, "mia"))
    asked = await server.mention("", content="", message_snapshots=[{"message": sent}])
    assert "Bakers earn" in text_of((await answered(asked))[0])


@pytest.mark.usefixtures("bot")
async def test_a_long_message_is_told_to_be_read_in_part(server):
    """Whoever may send 4,000 characters learns that only the beginning counts."""
    (answer,) = await answered(await server.mention("baker wage? " + "please tell me, i want to know. " * 100))
    assert sentences.BEGINNING_ONLY in text_of(answer)


@pytest.mark.usefixtures("bot")
async def test_where_history_is_hidden_the_answer_comes_without_a_reference(server):
    """Discord refuses replies to who may not read the message's history."""
    server.fail("POST", "/messages", status=403, body={"code": 160002, "message": "Cannot reply without permission"})
    (answer,) = await answered(await server.mention("baker wage"))
    assert "Bakers earn" in text_of(answer)
    refused, sent = [r.body for r in server.requests if r.path.endswith("/messages")]
    assert ("message_reference" in refused, "message_reference" in sent) == (True, False)
