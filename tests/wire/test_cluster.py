"""Several processes over one PostgreSQL and one knowledge folder: each has its shards; once-only work is done once."""

import asyncio
import signal
import time
from contextlib import AsyncExitStack

import asyncpg
import pytest
import pytest_asyncio

from tests.postgres import fresh_database
from tests.wire.conftest import launch, running
from tests.wire.discord_server import DiscordServer
from tests.wire.payloads import MODERATOR
from tests.wire.test_process import answered, text_of

pytestmark = pytest.mark.asyncio

PROCESSES = 3
SECONDS = 15


class Cluster:
    """The processes, and what they share."""

    def __init__(self, server, folder, database, tmp_path):
        self.server, self.folder, self.database, self.tmp_path = server, folder, database, tmp_path
        self.bots = []

    def settings(self, number):
        """What makes a process the one of this number."""
        return {"SHARD_COUNT": str(PROCESSES), "SHARD_IDS": str(number), "DATABASE_URL": self.database,
                "MODERATOR_CHANNEL": self.server.channel_ids[self.server.home]}  # fmt: skip

    async def rows(self, query):
        """What the database holds."""
        connection = await asyncpg.connect(self.database)
        try:
            return await connection.fetch(query)
        finally:
            await connection.close()

    async def ask(self, number, text):
        """Ask in a server of this process; the text of the one answer."""
        (reply,) = await answered(await self.server.mention(text, self.server.guild_ids[number]))
        return text_of(reply)

    async def lives_everywhere(self, text, part):
        """Seconds until every process gives this answer."""
        start = time.perf_counter()
        for number in range(PROCESSES):
            async with asyncio.timeout(SECONDS):
                while part not in await self.ask(number, text):
                    await asyncio.sleep(0.1)
        return time.perf_counter() - start


@pytest_asyncio.fixture
async def cluster(folder, tmp_path):
    """Three processes with a shard each, on six servers."""
    async with (
        fresh_database() as database,
        DiscordServer(guilds=2 * PROCESSES, shards=PROCESSES) as server,
        AsyncExitStack() as stack,
    ):
        made = Cluster(server, folder, database, tmp_path)
        started = [running(server, folder, tmp_path / str(n), **made.settings(n)) for n in range(PROCESSES)]
        made.bots = list(await asyncio.gather(*map(stack.enter_async_context, started)))
        yield made


async def test_each_answers_for_its_servers_and_duties_are_done_once(cluster):
    """One answer to each question; commands are synced by one process, tables made and duties done by one."""
    for number in range(2 * PROCESSES):
        assert "Bakers earn" in await cluster.ask(number, "baker wage")
    assert all(len(asked.answers) == 1 for asked in cluster.server.asked.values())
    assert cluster.server.identified == PROCESSES
    assert sum(request.method == "PUT" for request in cluster.server.requests) == 2
    async with asyncio.timeout(SECONDS):
        while not await cluster.rows("SELECT name FROM duties WHERE name LIKE 'purge:%'"):
            await asyncio.sleep(0.1)
    assert len(await cluster.rows("SELECT version_num FROM alembic_version")) == 1
    assert len(await cluster.rows("SELECT name FROM duties WHERE name LIKE 'purge:%'")) == 1


async def test_one_that_is_killed_is_missed_by_its_own_servers_only(cluster):
    """The others go on; when it is back, it answers again, what was asked meanwhile by a press too."""
    before = await answered(await cluster.server.mention("baker wage", cluster.server.guild_ids[1]))
    cluster.bots[1].process.send_signal(signal.SIGKILL)
    assert await cluster.bots[1].ended() == -signal.SIGKILL
    for number in (0, 2):
        assert "early" in await cluster.ask(number, "baker hours")
    data = cluster.tmp_path / "1"
    async with running(cluster.server, cluster.folder, data, **cluster.settings(1)):
        press = await cluster.server.press(before[0], "show:cook.pay", guild=cluster.server.guild_ids[1])
        assert "Cooks earn" in text_of((await answered(press))[0])
        assert "Bakers earn" in await cluster.ask(1, "baker wage")


async def test_an_edit_by_hand_lives_in_all_and_stands_in_the_history_once(cluster):
    """A file saved on the shared volume, seen by every process."""
    file = cluster.folder / "answers" / "work.yaml"
    file.write_text(file.read_text().replace("Bakers get up early.", "Bakers rise at four."))
    await cluster.lives_everywhere("baker hours", "rise at four")
    assert [row["file"] for row in await cluster.rows("SELECT file FROM changes")] == ["answers/work.yaml"]


async def test_what_is_taught_in_one_lives_in_all(cluster):
    """The moderators' server is on one shard; the question is then known on all, and the change stands once."""
    words = {"question": "how many loaves buy a house", "entry": "baker.pay"}
    asked = await cluster.server.slash("knowledge teach", words, user=MODERATOR)
    proposal = await _second(asked)
    rows = [row.get("components", ()) for row in proposal["components"]]
    button = next(item["custom_id"] for row in rows for item in row if item.get("label") == "Confirm")
    saved = await cluster.server.press(proposal, button, user=MODERATOR)
    await _second(saved)
    await cluster.lives_everywhere(words["question"], "Bakers earn")
    assert len(await cluster.rows("SELECT id FROM changes")) == 1


async def test_a_broken_file_is_reported_by_one_process(cluster):
    """Every process keeps what it knew, one posts the problem."""
    file = cluster.folder / "answers" / "work.yaml"
    file.write_text("- id: [")
    for bot in cluster.bots:
        await bot.says("the version before stays in use")
    channel = cluster.server.channel_ids[cluster.server.home]
    await cluster.server.requested(f"/channels/{channel}/messages")
    for number in range(PROCESSES):
        assert "Bakers earn" in await cluster.ask(number, "baker wage")
    posts = [r.body for r in cluster.server.requests if r.path == f"/channels/{channel}/messages"]
    assert sum("message_reference" not in body for body in posts) == 1


async def _second(asked):
    """The screen that follows the "please wait"."""
    async with asyncio.timeout(SECONDS):
        while len(asked.answers) < 2:
            await asyncio.sleep(0.02)
    return asked.answers[1]


async def test_processes_that_want_too_many_shards_are_told(server, folder, tmp_path):
    """A shard that is not there is a clear sentence, before any log-in."""
    bot = await launch(server, folder, tmp_path / "data", SHARD_COUNT=str(PROCESSES), SHARD_IDS=str(PROCESSES))
    assert await bot.ended() == 2
    assert bot.said("SHARD_IDS must be below SHARD_COUNT")
    assert server.requests == []
