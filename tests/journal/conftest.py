"""A journal on SQLite and, where there is one, on a real PostgreSQL."""

import datetime as dt
import os
import secrets

import asyncpg
import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.journal.store import Store, url_of

POSTGRES = os.environ.get("TEST_DATABASE_URL")
NO_POSTGRES = "these run on a PostgreSQL: `.ci/postgres python -m pytest tests/journal` starts one"


class Clock:
    """A time that a test turns."""

    def __init__(self):
        self.time = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)

    def __call__(self):
        return self.time

    def pass_days(self, days):
        """Let days go by."""
        self.time += dt.timedelta(days=days)


@pytest.fixture
def clock():
    """The journal's time."""
    return Clock()


@pytest_asyncio.fixture(params=["sqlite", "postgresql"])
async def url(request, tmp_path):
    """An empty database."""
    if request.param == "sqlite":
        yield url_of(tmp_path / "data", None)
        return
    if POSTGRES is None:
        if os.environ.get("CI"):
            pytest.fail("CI must test on PostgreSQL: run the tests by .ci/postgres")
        pytest.skip(NO_POSTGRES)
    name = f"journal_{secrets.token_hex(6)}"
    admin = await asyncpg.connect(POSTGRES)
    await admin.execute(f"CREATE DATABASE {name}")
    yield url_of(tmp_path, sa.make_url(POSTGRES).set(database=name).render_as_string(hide_password=False))
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


@pytest.fixture
def make_store(url, clock):
    """Makes another process's store on the same database."""
    return lambda: Store(url, b"key", clock)


@pytest_asyncio.fixture
async def store(make_store):
    """The store."""
    made = make_store()
    yield made
    await made.close()
