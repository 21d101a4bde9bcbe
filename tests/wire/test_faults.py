"""What goes wrong between the bot and Discord. After each: every question has one answer or one honest error."""

import asyncio
import contextlib
import json
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.wire.conftest import running
from tests.wire.discord_server import DiscordServer
from tests.wire.test_process import answered, text_of

pytestmark = pytest.mark.asyncio

AWAY_SECONDS = 60
APOLOGY = "something went wrong on my side"


async def reconnected(server, how):
    """Break the connection, ask while it is away, and wait for the answer; the seconds that it took."""
    session = server.session_of(server.home)
    start = time.perf_counter()
    await how(session.socket)
    asked = await server.mention("baker hours")
    (reply,) = await answered(asked)
    assert "early" in text_of(reply)
    return time.perf_counter() - start


async def op_7(connection):
    """Discord asks for a reconnect."""
    await connection.send({"op": 7, "d": None})


async def op_9_resumable(connection):
    """The session is invalid, but may be resumed."""
    await connection.send({"op": 9, "d": True})


async def dropped(connection):
    """The cable is cut."""
    connection.socket._req.transport.abort()


def closed(code):
    """Discord closes with a code that is no verdict."""

    async def close(connection):
        await connection.socket.close(code=code)

    close.__name__ = f"closed_{code}"
    return close


@pytest.mark.parametrize(
    "how", [op_7, op_9_resumable, dropped, closed(4000), closed(1000), closed(1001)], ids=lambda f: f.__name__
)
async def test_a_lost_connection_is_resumed_and_nothing_is_lost(server, bot, how):
    """What was asked meanwhile is replayed and answered, once; commands are not synced again."""
    await reconnected(server, how)
    (again,) = await answered(await server.mention("baker wage"))
    assert "Bakers earn" in text_of(again)
    assert (server.identified, server.resumed) == (1, 1)
    assert sum(r.method == "PUT" for r in server.requests) == 2
    assert all(len(asked.answers) == 1 for asked in server.asked.values())
    assert bot.process.returncode is None


@pytest.mark.usefixtures("bot")
async def test_a_session_that_is_gone_is_begun_anew(server):
    """Op 9 without resuming: a new identify, and it answers again; old buttons work."""
    (first,) = await answered(await server.mention("baker wage"))
    session = server.session_of(server.home)
    server.ready.clear()
    await session.socket.send({"op": 9, "d": False})
    await asyncio.wait_for(server.ready.wait(), 30)
    press = await server.press(first, "show:cook.pay")
    assert "Cooks earn" in text_of((await answered(press))[0])
    assert server.identified == 2


MESSAGE = {"id": "1", "channel_id": "2", "content": "secret words", "author": {"id": "3"}}


@pytest.mark.parametrize(
    "frame",
    [
        {"op": 0, "t": "MESSAGE_CREATE", "s": 90, "d": {**MESSAGE, "embeds": None}},
        {"op": 0, "t": "MESSAGE_CREATE", "s": 90, "d": {"id": "1", "content": "secret words"}},
        {"op": 0, "t": "GUILD_CREATE", "s": 90, "d": {"id": "secret words"}},
        ["secret words"],
        {"op": 0, "t": "MESSAGE_CREATE", "s": "secret words", "d": None},
    ],
    ids=["no list", "no author", "no number", "no object", "no data"],
)
async def test_an_odd_frame_ends_the_connection_at_most(server, bot, frame):
    """What Discord has never sent before is logged without its text, and the bot goes on or begins anew."""
    await server.session_of(server.home).socket.send(frame)
    replies = []
    async with asyncio.timeout(90):
        while not replies:
            with contextlib.suppress(TimeoutError):
                replies = await answered(await server.mention("baker wage"), 5)
    assert "Bakers earn" in text_of(replies[0])
    assert bot.process.returncode is None
    assert not bot.said("secret words")


@pytest.mark.slow
async def test_missed_heartbeats_end_the_connection_and_it_comes_back(folder, tmp_path):
    """A connection that is dead without a word is noticed."""
    async with DiscordServer(heartbeat=0.5) as server, running(server, folder, tmp_path / "data"):
        server.session_of(server.home).socket.beats = False
        async with asyncio.timeout(90):
            while server.resumed + server.identified < 2:
                await asyncio.sleep(0.05)
        (reply,) = await answered(await server.mention("baker wage"))
        assert "Bakers earn" in text_of(reply)


@pytest.mark.slow
async def test_discord_away_for_a_minute(server, bot):
    """REST and gateway are gone, then come back: so does the bot, and what was being answered is answered then."""
    server.fail("POST", "/messages", cut=True)
    under_way = await server.mention("baker wage")
    await server.requested("/messages")
    await server.stop()
    await asyncio.sleep(AWAY_SECONDS)
    assert bot.said("Attempting a reconnect")
    await server.start()
    (late,) = await answered(under_way, 90)
    assert "Bakers earn" in text_of(late)
    async with asyncio.timeout(90):
        while server.resumed + server.identified < 2:
            await asyncio.sleep(0.05)
    (reply,) = await answered(await server.mention("baker hours"))
    assert "early" in text_of(reply)
    assert bot.process.returncode is None


async def test_a_channels_rate_limit_is_heeded(folder, tmp_path):
    """More questions than Discord lets answer at once: all are answered, later, and few tries are refused."""
    async with DiscordServer(limit=5) as server:
        async with running(server, folder, tmp_path / "data"):
            asked = [await server.mention("baker wage") for _ in range(17)]
            for each in asked:
                assert len(await answered(each)) == 1
        assert server.refused <= 1  # whoever heeds nothing is refused twelve times and more


async def test_rate_limits_are_waited_out(server, bot):
    """429, for one channel or for all: the answer comes after the time that Discord names."""
    for is_global, scope in ((False, "user"), (True, "global")):
        body = {"message": "You are being rate limited.", "retry_after": 0.5, "global": is_global}
        headers = {"Via": "1.1 test", "Retry-After": "1", "X-RateLimit-Scope": scope}
        fault = server.fail("POST", "/messages", status=429, body=body, headers=headers, times=2)
        (reply,) = await answered(await server.mention("baker wage"))
        assert "Bakers earn" in text_of(reply), scope
        assert (fault.times, bot.process.returncode) == (0, None), scope


async def test_a_burst_of_failures_is_tried_again(folder, tmp_path):
    """Whatever fails, the answer comes once Discord works again."""
    kinds = ({"status": 500}, {"status": 502}, {"status": 503}, {"cut": True})
    async with (
        DiscordServer(guilds=len(kinds)) as server,
        running(server, folder, tmp_path / "data") as bot,
    ):
        places = [f"/{server.channel_ids[guild]}/messages" for guild in server.guild_ids]
        faults = [server.fail("POST", place, times=2, **kind) for place, kind in zip(places, kinds, strict=True)]
        asked = [await server.mention("baker wage", guild) for guild in server.guild_ids]
        for each, kind in zip(asked, kinds, strict=True):
            (reply,) = await answered(each)
            assert "Bakers earn" in text_of(reply), kind
        assert [fault.times for fault in faults] == [0, 0, 0, 0]
        assert bot.process.returncode is None


async def test_an_answer_that_arrived_without_a_word_is_not_given_twice(server, bot):
    """The line is cut after Discord took the message: the second try is known by its nonce."""
    server.fail("POST", "/messages", cut=True, takes=True)
    asked = await server.mention("baker wage")
    await server.requested("/messages", 2)
    (reply,) = await answered(asked)
    assert "Bakers earn" in text_of(reply)
    assert bot.said("next try in")


async def test_what_is_not_tried_again_gets_an_apology(server, bot):
    """One honest line with a reference; the next question is answered."""
    server.fail("POST", "/messages", status=400)
    (reply,) = await answered(await server.mention("baker wage"))
    assert APOLOGY in reply["content"]
    assert "Bakers earn" in text_of((await answered(await server.mention("baker wage")))[0])
    assert bot.said("Discord failed")


async def test_an_interaction_that_is_gone_is_no_error(server, bot):
    """Nobody is left to tell: a line in the log, and the next press is answered."""
    for times, code in enumerate((10062, 40060), 1):
        server.fail("POST", "/callback", status=404, body={"message": "gone", "code": code})
        await server.slash("ask", {"question": "baker wage"})
        await bot.says("was gone before it was answered", times)
        assert "early" in text_of((await answered(await server.slash("ask", {"question": "baker hours"})))[0]), code
        assert not bot.said("ERROR")


async def test_a_hanging_socket_holds_up_nobody_else(server, bot):
    """While one answer hangs, others are answered."""
    server.hold("POST", "/messages", seconds=4)
    hanging = await server.mention("baker wage")
    await server.requested("/messages")
    start = time.perf_counter()
    slash = await answered(await server.slash("ask", {"question": "baker hours"}))
    assert time.perf_counter() - start < 3
    assert slash
    assert len(await answered(hanging)) == 1
    assert bot.process.returncode is None


@pytest.fixture
def clock(tmp_path):
    """A file that says by how many seconds the bot's clock is wrong, and the settings that make it so."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("needs a C compiler, for a clock that jumps")
    library, file = tmp_path / "clock.so", tmp_path / "clock"
    source = Path(__file__).with_name("clock.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)  # noqa: S603 - our own words
    return file, {"LD_PRELOAD": str(library), "CLOCK_FILE": str(file)}


async def test_a_clock_that_jumps_disturbs_nobody(server, folder, tmp_path, clock):
    """A day ahead, a year back: questions, commands and presses are answered, and the connection stays."""
    file, wrong = clock
    async with running(server, folder, tmp_path / "data", **wrong, LOG_FORMAT="json") as bot:
        for days in (0, 1, -365, 0):
            file.write_text(str(days * 86_400))
            (mention,) = await answered(await server.mention("baker wage"))
            assert "Bakers earn" in text_of(mention)
            assert "early" in text_of((await answered(await server.slash("ask", {"question": "baker hours"})))[0])
            assert "Cooks earn" in text_of((await answered(await server.press(mention, "show:cook.pay")))[0])
        assert len({json.loads(line)["at"][:4] for line in bot.lines}) > 1
        assert not bot.said('"ERROR"')
    assert (server.identified, server.resumed) == (1, 0)
    assert all(len(asked.answers) == 1 for asked in server.asked.values())


@pytest.mark.slow
async def test_after_all_of_it_no_task_is_left_and_memory_is_back(server, folder, tmp_path):
    """A hundred lost connections and failed answers leave nothing behind."""
    async with running(server, folder, tmp_path / "data", HTTP_PORT="0") as bot:
        for _ in range(30):
            await answered(await server.mention("baker hours"))
        tasks, memory = await tasks_of(bot), bot.memory
        for number in range(20):
            await reconnected(server, (op_7, dropped)[number % 2])
            server.fail("POST", "/messages", status=503)
            await answered(await server.mention("baker hours"))
        async with asyncio.timeout(20):
            while await tasks_of(bot) > tasks:
                await asyncio.sleep(0.2)
        assert bot.memory < memory + 15


async def tasks_of(bot):
    """How many tasks the bot's loop has."""
    from tests.wire.test_process import fetch  # noqa: PLC0415

    port = bot.said("health and metrics on")[0].rpartition(":")[2]
    _, text = await asyncio.to_thread(fetch, port, "metrics")
    return float(next(line for line in text.splitlines() if line.startswith("advisor_tasks ")).split()[1])
