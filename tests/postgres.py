"""A fresh database on the PostgreSQL that `.ci/postgres COMMAND…` starts."""

import os
import secrets
from contextlib import asynccontextmanager

import asyncpg
import pytest
import sqlalchemy as sa

POSTGRES = os.environ.get("TEST_DATABASE_URL")


@asynccontextmanager
async def fresh_database():
    """The address of an empty database, dropped at the end; skips where there is no PostgreSQL, but not in CI."""
    if POSTGRES is None:
        if os.environ.get("CI"):
            pytest.fail("CI must test on PostgreSQL: run the tests by .ci/postgres")
        pytest.skip("these run on a PostgreSQL: `.ci/postgres python -m pytest` starts one")
    name = f"journal_{secrets.token_hex(6)}"
    admin = await asyncpg.connect(POSTGRES)
    await admin.execute(f"CREATE DATABASE {name}")
    yield sa.make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()
