"""What goes on beside the bot: reports to the moderators' channel, purge, the summary of the week."""

import asyncio
import datetime as dt

import aiohttp
import pytest

from bot import background_tasks, health_server
from bot.charts.pay import pay_chart
from bot.curation.manager import KnowledgeManager
from bot.dialogue.advisor import Advisor
from bot.health_server import State, serving
from bot.journal.history import Edit
from bot.metrics import Metrics
from bot.model_cache import ModelCache
from bot.settings import Settings
from bot.ui import sentences
from tests.exts.conftest import images_of, text_of
from tests.letters import Letters
from tests.small import ENTRIES

pytestmark = pytest.mark.asyncio
FILE = "answers/work.yaml"
MONDAY = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)


async def with_channel(home):
    """The bot with a channel for moderators; that channel."""
    channel = home.guild.create_text_channel("mods")
    await home.start(moderator_channel=channel.id)
    home.bot.store.now = lambda: MONDAY
    return channel


async def test_a_broken_file_is_told_once_and_again_when_fixed(home, folder):
    """With file, line and column, to the moderators' channel."""
    channel = await with_channel(home)
    (folder / FILE).write_text(ENTRIES + "- id: x\n")
    for _ in range(3):
        await background_tasks.reload(home.bot)
    (told,) = channel.history()
    assert "`answers/work.yaml:27:3` `title` is missing" in text_of(told)
    (folder / FILE).write_text(ENTRIES.replace("baker wage", "wages of bakers"))
    for _ in range(3):
        await background_tasks.reload(home.bot)
    assert "fine again" in text_of(channel.last_message)
    assert len(channel.history()) == 2


async def test_a_good_edit_is_used_without_noise(home, folder):
    """Nothing is posted; members get the new answer at once."""
    channel = await with_channel(home)
    (folder / FILE).write_text(ENTRIES.replace("Bakers get up early.", "Bakers start at four."))
    await background_tasks.reload(home.bot)
    assert channel.history() == []
    assert "start at four" in text_of(await home.mention("baker hours"))


async def test_the_week_is_summed_up_once(home):
    """Questions by outcome with a chart, the most wanted, and what was voted down; on Mondays, by one process."""
    channel = await with_channel(home)
    home.bot.store.now = lambda: MONDAY - dt.timedelta(days=3)
    for text in ("umbrella bonus", "umbrella bonus?", "baker wage"):
        answer = await home.mention(text)
    await home.asker.click(answer, label=sentences.BUTTON_DOWN)
    await home.bot.store.flush()
    await background_tasks.hourly(home.bot)
    assert channel.history() == []
    home.bot.store.now = lambda: MONDAY
    for _ in range(2):
        await background_tasks.hourly(home.bot)
    (posted,) = channel.history()
    text = text_of(posted)
    assert "Week of 16 November\n3 questions: 1 answered, 0 clarified, 2 declined" in text
    assert "• 2× umbrella bonus" in text
    assert "• 1× What bakers earn" in text
    assert "Answered: 1; Clarified: 0; Declined: 2" in images_of(posted)[0]


async def test_a_week_without_questions_is_not_told(home):
    """No noise."""
    channel = await with_channel(home)
    await background_tasks.hourly(home.bot)
    assert channel.history() == []


async def test_old_questions_are_purged_but_not_by_one_wrong_clock(home):
    """After the days that the operator has set, once a day of the week before was seen as well."""
    await with_channel(home)
    for day, text in ((MONDAY - dt.timedelta(days=91), "old"), (MONDAY, "new")):
        home.bot.store.now = lambda day=day: day
        home.bot.questions.note(day.toordinal(), text, 1, "decline")
        await home.bot.store.flush()
        await background_tasks.hourly(home.bot)
        assert text in {q.text for q in await home.bot.questions.open()}
    assert len(await home.bot.questions.open()) == 2
    home.bot.store.now = lambda: MONDAY + dt.timedelta(days=1)
    await background_tasks.hourly(home.bot)
    assert [q.text for q in await home.bot.questions.open()] == ["new"]


async def test_a_channel_that_cant_be_written_to_is_logged(home, folder, caplog):
    """The bot goes on."""
    await with_channel(home)
    home.env.inject_error("POST", "/channels/*/messages", status=403)
    (folder / FILE).write_text("- id: [")
    await background_tasks.reload(home.bot)
    assert any("could not be written to" in r.getMessage() for r in caplog.records)


async def test_all_of_it_runs_beside_the_bot_and_ends_with_it(home, folder, monkeypatch):
    """A file edited on the disk is in use soon after; what is noted is written; at the end no task is left."""
    monkeypatch.setattr(background_tasks, "HOUR", 0.01)
    before = asyncio.all_tasks()
    async with background_tasks.background_tasks(home.bot):
        home.bot.questions.note(1, "x", 1, "decline")
        async with asyncio.timeout(20):
            while "baker.new" not in home.bot.answers.knowledge.entries or home.bot.store.queued:
                (folder / FILE).write_text(ENTRIES + "- {id: baker.new, title: N, answer: N, ask: [x], source: [1]}\n")
                await asyncio.sleep(0.05)
    assert asyncio.all_tasks() <= before
    assert [q.text for q in await home.bot.questions.open()] == ["x"]


async def test_nobody_waits_for_a_pay_chart_to_be_drawn(world):
    """Those of all pay are made ready at the start."""
    await world.bot.answers.warm_up()
    drawn = pay_chart.cache_info().misses
    assert images_of(await world.mention("junior ai engineer salary"))
    assert pay_chart.cache_info().misses == drawn


async def test_a_better_embedder_takes_over_beside_the_bot(home, folder, data_folder):
    """Members are answered before, and after."""
    manager = KnowledgeManager(folder, Advisor, ModelCache(Letters(), data_folder / "models"))
    home.bot.manager = manager
    assert manager.advisor.matcher.embedder.name == "none"
    async with background_tasks.background_tasks(home.bot), asyncio.timeout(20):
        while manager.advisor.matcher.embedder.name != "neural":
            await asyncio.sleep(0.01)


async def test_what_a_crash_left_in_the_history_is_settled_beside_the_bot(home, folder):
    """A change that was written down and never made is gone; old questions are purged all the same."""
    before = (folder / FILE).read_bytes()
    home.bot.store.now = lambda: MONDAY
    await home.bot.history.record(Edit("taught", FILE, before, before + b"# more\n"), 7)
    home.bot.store.now = lambda: MONDAY + dt.timedelta(hours=1)
    async with background_tasks.background_tasks(home.bot), asyncio.timeout(20):
        while await home.bot.history.latest(1):
            await asyncio.sleep(0.01)
    assert (folder / FILE).read_bytes() == before


async def test_what_fails_beside_the_bot_never_stops_it(home, monkeypatch, expected_errors):
    """Logged, and tried again the next time."""
    expected_errors.append("the hourly work failed")
    calls = []

    async def fail(_):
        calls.append(1)
        raise ValueError("oops")

    monkeypatch.setattr(background_tasks, "HOUR", 0)
    monkeypatch.setattr(background_tasks, "hourly", fail)
    async with background_tasks.background_tasks(home.bot):
        while len(calls) < 3:
            await asyncio.sleep(0)


async def test_a_work_that_dies_is_begun_anew_counted_and_told(home, monkeypatch, expected_errors):
    """Whatever breaks the journal's writer, it writes again; an operator sees that it did not."""
    expected_errors.append("journal failed")
    failing, written, write = [], asyncio.Event(), home.bot.store.run

    async def run():
        failing.append(set(home.bot.failing_tasks))
        if len(failing) < 3:
            raise RuntimeError("boom")
        written.set()
        await write()

    monkeypatch.setattr(background_tasks, "FIRST_WAIT_SECONDS", 0.0)
    monkeypatch.setattr(home.bot.store, "run", run)
    async with background_tasks.background_tasks(home.bot), asyncio.timeout(20):
        await written.wait()
        assert not home.bot.failing_tasks
    assert b'advisor_errors_total{kind="task journal"} 2.0' in home.bot.metrics.text()


async def test_readiness_tells_what_fails(unused_tcp_port, monkeypatch):
    """Ready all the same, for members are answered; the health check asks past any proxy."""
    state = State(Metrics(), lambda: True, {"journal"})
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PORT", str(unused_tcp_port))
    async with serving(Settings(_env_file=None), state), aiohttp.ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{unused_tcp_port}/readyz") as answer:
            assert (answer.status, await answer.text()) == (200, "ready\nfailing: journal\n")
        with pytest.raises(SystemExit) as end:
            await asyncio.to_thread(health_server.main)
    assert end.value.code == 0


async def test_without_being_in_the_home_server_the_rest_works(home, expected_errors):
    """A clear line for the operator; members notice nothing."""
    expected_errors.append("is not in the server")
    home.env.inject_error("PUT", "/applications/*/guilds/*/commands", status=403)
    await home.start()
    assert "Bakers earn" in text_of(await home.mention("baker wage"))
