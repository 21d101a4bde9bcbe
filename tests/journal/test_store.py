"""The database: migrations, the queue of writes, and what happens when it is away."""

import asyncio

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.journal import store as store_module
from bot.journal.questions import QuestionLog
from bot.journal.store import MAX_QUEUED, JournalError, Store, random_id, url_of
from bot.journal.tables import counts, metadata, once_jobs, questions, votes

pytestmark = pytest.mark.asyncio


def note(store, times=1):
    """Queue so many writes."""
    noted = QuestionLog(store)
    for _ in range(times):
        noted.note(random_id(), "why?", 1, "decline")


async def total(store):
    """How many were written."""
    return (await store.execute(sa.select(sa.func.count()).select_from(questions)))[0][0]


async def test_the_migrations_make_the_tables_as_they_are_declared(store):
    """A change of a table without a step, or the other way round, is found."""
    await store.execute(sa.select(1))
    async with store._engine.connect() as connection:
        found = await connection.run_sync(
            lambda c: compare_metadata(MigrationContext.configure(c, opts={"compare_type": True}), metadata)
        )
    assert found == []


async def test_a_second_start_changes_nothing(store, make_store):
    """What was written is there after a restart."""
    note(store)
    await store.close()
    again = make_store()
    assert await total(again) == 1
    await again.close()


async def test_processes_that_start_together_make_the_tables_once(make_store):
    """One migrates, the others wait and go on."""
    stores = [make_store() for _ in range(4)]
    for store in stores:
        note(store)
    assert all(await asyncio.gather(*(store.flush() for store in stores)))
    assert await total(stores[0]) == len(stores)
    for store in stores:
        await store.close()


async def test_notes_are_written_behind_the_back(store):
    """Noting returns at once; the worker writes all of it."""
    writing = asyncio.create_task(store.run())
    note(store, 1200)
    assert store.queued == 1200
    while store.queued:
        await asyncio.sleep(0)
    async with store._writing:
        pass
    assert await total(store) == 1200
    writing.cancel()


async def test_what_is_counted_meanwhile_is_one_write(store, make_store):
    """However often something happens, and in however many processes."""
    stores = [store, make_store()]
    for each in stores:
        for _ in range(1000):
            each.count(counts, day=each.now().date(), outcome="answer")
        assert each.queued == 1
        assert await each.flush()
    assert [tuple(row) for row in await store.execute(sa.select(counts.c.count))] == [(2000,)]
    await stores[1].close()


async def test_one_of_many_processes_does_a_job(store, make_store):
    """A job is acquired once, whoever asks."""
    other = make_store()
    acquired = [
        await store.acquire_once("week"),
        await other.acquire_once("week"),
        await store.acquire_once("week"),
        await other.acquire_once("day"),
    ]
    assert acquired == [True, False, False, True]
    await other.close()


async def test_purging_takes_what_is_old(store, clock):
    """Each table by its own number of days."""
    await store.acquire_once("old")
    clock.pass_days(10)
    await store.acquire_once("new")
    await store.purge({once_jobs: 5, questions: 5})
    rows = await store.execute(sa.select(once_jobs.c.name))
    assert [name for (name,) in rows] == ["new"]


async def test_members_are_a_keyed_hash(store):
    """The same for the same member; the id is not in it."""
    code = await store.code(42)
    assert code == await store.code(42) != await store.code(43)
    assert code != "42"
    assert len(code) == 32


async def test_a_new_token_leaves_members_what_they_were(store, url, clock):
    """The key that the database began with stays, so that what a member wants forgotten is found."""
    log = QuestionLog(store)
    log.vote(42, "a", up=True)
    await store.flush()
    later = Store(url, b"other", clock)
    assert await later.code(42) == await store.code(42)
    await QuestionLog(later).forget(42)
    assert await later.execute(sa.select(votes)) == []
    await later.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_dead_store_is_told_once_and_loses_nothing_for_long(url, clock, tmp_path, caplog, expected_errors):
    """Logged once, counted, tried again; the oldest notes go when too many wait."""
    expected_errors.append("the journal fails")
    (tmp_path / "data").write_text("not a folder")
    store = Store(url, b"key", clock)
    note(store, MAX_QUEUED + 3)
    assert (store.queued, store.lost) == (MAX_QUEUED, 3)
    for _ in range(3):
        assert not await store.flush()
    assert sum("the journal fails" in r.getMessage() for r in caplog.records) == 1
    with pytest.raises(JournalError):
        await store.execute(sa.select(1))
    (tmp_path / "data").unlink()
    assert await store.flush()
    assert await total(store) == MAX_QUEUED
    assert any("works again; 3 notes were lost" in r.getMessage() for r in caplog.records)
    await store.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_the_worker_tries_again_by_itself(url, clock, tmp_path, monkeypatch, expected_errors):
    """When the database is back, what waits is written without a further note."""
    expected_errors.append("the journal fails")
    monkeypatch.setattr(store_module, "RETRY_SECONDS", 0)
    (tmp_path / "data").write_text("not a folder")
    store = Store(url, b"key", clock)
    note(store)
    writing = asyncio.create_task(store.run())
    while not store._is_failing:
        await asyncio.sleep(0)
    (tmp_path / "data").unlink()
    while store.queued or store._is_failing:
        await asyncio.sleep(0)
    assert await total(store) == 1
    writing.cancel()
    await store.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_sqlite_is_set_up_to_be_shared(store):
    """Write-ahead log, foreign keys, and patience with other writers."""
    found = [
        (await store.execute(sa.text(f"PRAGMA {name}")))[0][0]
        for name in ("journal_mode", "foreign_keys", "busy_timeout")
    ]
    assert found == ["wal", 1, 5000]


@pytest.mark.parametrize("options", ["", "?sslmode=require", "?ssl=require&channel_binding=require"])
async def test_a_databases_url_may_be_written_as_hosts_give_it(tmp_path, options):
    """What PostgreSQL's own library takes, asyncpg is told in its way."""
    url = url_of(tmp_path, f"postgres://u:p@h:5/d{options}")
    assert (url.drivername, url.password) == ("postgresql+asyncpg", "p")
    assert dict(url.query) == ({"ssl": "require"} if options else {})


@pytest.mark.parametrize("url", ["nonsense", "mysql://u:p@h/d", "postgresql://u:p@h:port/d", "postgresql://h/d?x=1"])
async def test_a_url_of_no_such_database_is_one_sentence(tmp_path, url):
    """It says how to write one."""
    with pytest.raises(ValueError, match="write it as postgresql://"):
        url_of(tmp_path, url)


@pytest.mark.parametrize("text", ["a secret word", "\x00 a secret word", "a secret word \ud83d"])
async def test_no_members_word_is_in_a_log_when_writing_fails(store, caplog, text):
    """Whatever the database or its driver says of it."""
    await store.execute(sa.text("select 1"))
    await store.execute(sa.text("drop table questions"))
    log = QuestionLog(store)
    log.note(1, text, 7, "decline")
    assert not await store.flush()
    assert (store.queued, "journal fails" in caplog.text) == (1, True)
    assert "secret" not in caplog.text
    caplog.clear()


async def test_urls(tmp_path):
    """SQLite by default; PostgreSQL however its scheme is written."""
    assert url_of(tmp_path, None).database == str(tmp_path / "journal.sqlite3")
    for scheme in ("postgres", "postgresql", "postgresql+asyncpg"):
        assert url_of(tmp_path, f"{scheme}://u:p@h:5/d").drivername == "postgresql+asyncpg"


async def test_ids_fit_a_bigint():
    """Random numbers that every database takes."""
    assert all(0 <= random_id() < 2**63 for _ in range(100))
