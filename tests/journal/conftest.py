"""A journal on SQLite and, where there is one, on a real PostgreSQL."""

import datetime as dt

import pytest
import pytest_asyncio

from bot.journal.store import Store, url_of
from tests.postgres import fresh_database


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
    async with fresh_database() as address:
        yield url_of(tmp_path, address)


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
