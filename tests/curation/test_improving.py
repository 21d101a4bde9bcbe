"""A better embedder takes over without anybody waiting for it: at the start, and whenever there are edits."""

import asyncio
import datetime as dt
import threading

import pytest
import pytest_asyncio

from bot.curation import edits
from bot.curation import manager as manager_module
from bot.curation.manager import KnowledgeManager, Reloaded
from bot.dialogue.advisor import Advisor
from bot.journal.history import History
from bot.journal.store import Store, url_of
from bot.model_cache import ModelCache
from tests.letters import Letters
from tests.small import EDITED, FILE

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def history(tmp_path, monkeypatch):
    """A journal's history; a folder is read without waiting for it to hold still."""
    monkeypatch.setattr(manager_module, "QUIET_SECONDS", 0)
    store = Store(url_of(tmp_path / "data", None), b"key", lambda: dt.datetime.now(dt.UTC))
    yield History(store)
    await store.close()


def starting(folder, embedder):
    """A manager whose better embedder is this one."""
    return KnowledgeManager(folder, Advisor, ModelCache(embedder, folder.parent / "data" / "models"))


CHECK = "baker wage"


def in_use(manager):
    """The name of the embedder that members are answered with."""
    return manager.advisor.matcher.embedder.name


async def test_it_starts_at_once_and_the_better_one_takes_over(folder, caplog):
    """One line tells; the next start has it at once, and computes nothing but the question of checks.yaml."""
    caplog.set_level("INFO")
    embedder = Letters()
    manager = starting(folder, embedder)
    assert (in_use(manager), embedder.seen) == ("none", [])
    await manager.improve()
    assert in_use(manager) == "neural"
    (told,) = [r.getMessage() for r in caplog.records if r.name == manager_module.__name__]
    assert told.startswith("the neural embedder is in use")
    again = Letters()
    manager = starting(folder, again)
    before = manager.advisor
    await manager.improve()
    assert (in_use(manager), {*again.seen}) == ("neural", {CHECK})
    assert manager.advisor is before


async def test_without_a_better_one_nothing_changes(folder):
    """As with the static embedder alone."""
    manager = KnowledgeManager(folder, Advisor)
    before = manager.advisor
    await manager.improve()
    assert manager.advisor is before


async def test_a_later_edit_computes_only_what_is_new(folder, history):
    """It is fitted with the better embedder right away."""
    embedder = Letters()
    manager = starting(folder, embedder)
    await manager.improve()
    embedder.seen.clear()
    (folder / FILE).write_text(EDITED)
    assert await manager.reload(history) is Reloaded.LOADED
    assert in_use(manager) == "neural"
    assert embedder.seen
    assert all("wages" in text or text == CHECK for text in embedder.seen)


async def test_an_edit_meanwhile_is_used_at_once_and_not_lost(folder, history):
    """Edited while vectors are made: members get the new answer now, and keep it when the better one takes over."""
    begun, go_on = threading.Event(), threading.Event()

    class Waiting(Letters):
        def embed(self, texts):
            begun.set()
            go_on.wait(30)
            return super().embed(texts)

    manager = starting(folder, Waiting())
    improving = asyncio.create_task(manager.improve())
    try:
        await asyncio.to_thread(begun.wait, 30)
        (folder / FILE).write_text(EDITED)
        assert await manager.reload(history) is Reloaded.LOADED
        assert in_use(manager) == "none"
    finally:
        go_on.set()
    await improving
    assert in_use(manager) == "neural"
    assert "wages of bakers" in manager.advisor.knowledge.entries["baker.pay"].ask


async def test_a_proposal_of_before_does_not_bring_the_old_embedder_back(folder, history):
    """What a moderator saves is fitted anew where the better one came in between."""
    manager = starting(folder, Letters())
    edit = edits.teaching(manager.contents, manager.advisor.knowledge, "cook.pay", ["umbrella"], "taught")
    proposal = await manager.propose(edit)
    await manager.improve()
    await manager.apply(edit, 7, history, proposal.advisor)
    assert in_use(manager) == "neural"
    assert manager.advisor.reply("umbrella").entries[0].id == "cook.pay"


async def test_whoever_stops_the_bot_waits_for_one_portion_only(folder, monkeypatch):
    """A thread can't be stopped, so it is given little at a time."""
    monkeypatch.setattr(manager_module, "PORTION", 2)
    embedder = Letters()
    manager = starting(folder, embedder)
    improving = asyncio.create_task(manager.improve())
    while not embedder.seen:
        await asyncio.sleep(0)
    improving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await improving
    assert in_use(manager) == "none"
    assert len(embedder.seen) < len(set(manager.advisor.matcher.models.canonical))
