"""The database of the journal: one engine, a bounded queue of writes, and what one does when it fails.

Answers never wait for it: what members cause is queued, and written behind their back. What moderators ask for is read
and written at once, and raises `JournalError` where that fails. SQLite by default, PostgreSQL by its URL.
"""

import asyncio
import datetime as dt
import hashlib
import logging
import secrets
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.journal.migrations import migrate
from bot.journal.tables import once_jobs
from bot.journal.tables import secrets as secrets_table

log = logging.getLogger(__name__)

FILE = "journal.sqlite3"
# The name of the key by which members are hashed.
MEMBERS = "members"
MAX_QUEUED = 10_000
MAX_BATCH = 500
RETRY_SECONDS = 5.0
# Writes wait so long for others, to share a transaction.
GATHER_SECONDS = 0.2
PRAGMAS = ("journal_mode = WAL", "busy_timeout = 5000", "foreign_keys = ON", "synchronous = NORMAL")
# Of several processes that make the same SQLite file, all but one may find it locked at once; each tries so often.
LOCKED_ATTEMPTS, LOCKED_SECONDS = 50, 0.1
# A database that is silent, rather than down, is given up after so long.
CONNECT_SECONDS, STATEMENT_SECONDS = 10, 20
URL_FORM = "write it as postgresql://name:password@host/database, signs such as @ or / in the password as %40 or %2F."
# Options of a database's URL: by what name asyncpg knows them, which it takes, and which it needs not be told.
SAME_OPTIONS = {"sslmode": "ssl"}
OPTIONS = frozenset({"ssl", "host", "port", "user", "password", "database", "passfile", "direct_tls"})
NEEDLESS_OPTIONS = frozenset(
    {"channel_binding", "connect_timeout", "application_name", "gssencmode", "target_session_attrs"}
)

Statement = sa.sql.expression.Executable
Row = Mapping[str, Any]
# A statement, and the rows to run it for; without any it runs once.
Work = tuple[Statement, Sequence[Row]]
Rows = Sequence[sa.Row[*tuple[Any, ...]]]


class JournalError(Exception):
    """The journal can't be read or written now; the log says why."""


def url_of(data: Path, url: str | None) -> sa.URL:
    """The database: SQLite in the data folder, or the PostgreSQL that the URL names, spoken to by asyncpg.

    Options that asyncpg calls otherwise than PostgreSQL's own library, or does without, may stand in the URL.
    Raises ValueError, with a sentence to show, for a URL that names no such database.
    """
    if not url:
        return sa.URL.create("sqlite+aiosqlite", database=str(data / FILE))
    try:
        made = sa.make_url(url)
        backend = made.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise ValueError(URL_FORM) from error
    if backend == "sqlite":
        return made.set(drivername="sqlite+aiosqlite")
    query = {SAME_OPTIONS.get(name, name): value for name, value in made.query.items()}
    unknown = sorted(query.keys() - OPTIONS - NEEDLESS_OPTIONS)
    if backend not in {"postgresql", "postgres"} or unknown:
        raise ValueError(URL_FORM + (f" It can't use {', '.join(unknown)}: leave that out." if unknown else ""))
    used = {name: value for name, value in query.items() if name in OPTIONS}
    return made.set(drivername="postgresql+asyncpg", query=used)


def random_id() -> int:
    """A random number that fits into a BIGINT, for what several processes name."""
    return secrets.randbits(62)


def _engine_of(url: sa.URL) -> AsyncEngine:
    is_file = url.get_backend_name() == "sqlite"
    limits = {} if is_file else {"timeout": CONNECT_SECONDS, "command_timeout": STATEMENT_SECONDS}
    # What members wrote never stands in an error, and so in no log.
    engine = create_async_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args=limits)
    if is_file:

        def set_up(connection: Any, _: object) -> None:  # noqa: ANN401 - a driver's
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")

        sa.event.listen(engine.sync_engine, "connect", set_up)
    return engine


class Member(int):
    """A member in a row that is to be written: what is written is a keyed hash, from which nobody learns who it is."""


class Store:
    """The database. `now` is the time in UTC; `key` hashes members, unless the database has another one already."""

    def __init__(self, url: sa.URL, key: bytes, now: Callable[[], dt.datetime]) -> None:
        """Connect to nothing yet."""
        self.now = now
        self.lost = 0
        self._key, self._url = key, url
        self._engine = _engine_of(url)
        self._queue: deque[tuple[Statement, Row]] = deque()
        self._counts: dict[sa.Table, Counter[tuple[tuple[str, Any], ...]]] = defaultdict(Counter)
        self._wake = asyncio.Event()
        self._under_way: set[asyncio.Task[Rows]] = set()
        self._writing, self._preparing = asyncio.Lock(), asyncio.Lock()
        self._is_ready, self._is_failing = False, False

    @property
    def queued(self) -> int:
        """How many writes wait."""
        return len(self._queue) + sum(map(len, self._counts.values()))

    async def code(self, user: int) -> str:
        """What a member is called here. Raises JournalError."""
        await self.execute(sa.select(1))  # then the key is there
        return self._code(user)

    def _code(self, user: int) -> str:
        return hashlib.blake2b(str(int(user)).encode(), key=self._key, digest_size=16).hexdigest()

    def _coded(self, row: Row) -> Row:
        return {name: self._code(value) if isinstance(value, Member) else value for name, value in row.items()}

    def insert(self, table: sa.Table) -> Any:  # noqa: ANN401 - the dialects' own types
        """An insert that can say what to do where the key is there already."""
        dialect = postgresql if self._url.get_backend_name() == "postgresql" else sqlite
        return dialect.insert(table)

    def count(self, table: sa.Table, **key: Any) -> None:  # noqa: ANN401 - values of any column
        """Add one to the count under this key; what is counted until the next writing is one write."""
        self._counts[table][tuple(key.items())] += 1
        self._wake.set()

    async def totals(self, table: sa.Table, where: sa.ColumnElement[bool]) -> dict[str, int]:
        """The counts under these keys, added up by outcome. Raises JournalError."""
        await self.flush()
        outcome, total = table.c.outcome, sa.func.sum(table.c.count)
        rows = await self.execute(sa.select(outcome, total).where(where).group_by(outcome))
        return {name: int(number) for name, number in rows}

    def note(self, statement: Statement, **row: Any) -> None:  # noqa: ANN401 - values of any column
        """Queue a write of a row. When the database has been away for long, the oldest are lost, and counted.

        The statement should be the same object each time: rows that wait for the same one are written together.
        """
        self._queue.append((statement, row))
        while len(self._queue) > MAX_QUEUED:
            self._queue.popleft()
            self.lost += 1
        self._wake.set()

    def _queue_counts(self) -> None:
        for table, found in self._counts.items():
            insert = self.insert(table)
            added = insert.on_conflict_do_update(
                index_elements=list(table.primary_key), set_={"count": table.c.count + insert.excluded.count}
            )
            self._queue.extend((added, {**dict(key), "count": number}) for key, number in found.items())
        self._counts.clear()

    async def run(self) -> None:
        """Write what is queued, again and again; runs until cancelled."""
        while True:
            await self._wake.wait()
            await asyncio.sleep(GATHER_SECONDS)
            self._wake.clear()
            if not await self.flush():
                await asyncio.sleep(RETRY_SECONDS)
                self._wake.set()

    async def flush(self) -> bool:
        """Write what is queued; whether all of it was written."""
        async with self._writing:
            self._queue_counts()
            while self._queue:
                batch = [self._queue.popleft() for _ in range(min(MAX_BATCH, len(self._queue)))]
                try:
                    await self._finish([(s, [row for _, row in found]) for s, found in groupby(batch, itemgetter(0))])
                except JournalError:
                    self._queue.extendleft(reversed(batch))
                    return False
        return True

    async def execute(self, *statements: Statement) -> Rows:
        """Run the statements in one transaction; the rows of the last. Raises JournalError."""
        return await self._finish([(statement, ()) for statement in statements])

    async def _finish(self, work: Sequence[Work]) -> Rows:
        """Do the work to its end, also when whoever waits is cancelled: a driver is never cut off in its work."""
        task = asyncio.create_task(self._execute(work))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return await asyncio.shield(task)

    async def _execute(self, work: Sequence[Work]) -> Rows:
        try:
            await self._make_ready()
            async with self._engine.begin() as connection:
                results = [await connection.execute(s, [*map(self._coded, rows)] or None) for s, rows in work]
                found = results[-1].all() if results and results[-1].returns_rows else ()
        except Exception as error:
            # Whatever a driver raises: its text may hold what members wrote, its kind and that of its cause don't.
            kinds = " of ".join(type(e).__name__ for e in (error, error.__cause__) if e)
            if not self._is_failing:
                log.error("the journal fails and is tried again; answers go on without it: %s", kinds)  # noqa: TRY400
            self._is_failing = True
            raise JournalError(kinds) from error
        if self._is_failing:
            log.warning("the journal works again; %s notes were lost", self.lost)
        self._is_failing = False
        return found

    async def acquire_once(self, job: str) -> bool:
        """Whether this process is the one to do a job. Raises JournalError."""
        insert = self.insert(once_jobs).values(name=job, at=self.now()).on_conflict_do_nothing()
        return bool(await self.execute(insert.returning(once_jobs.c.name)))

    async def is_any_done(self, jobs: Iterable[str]) -> bool:
        """Whether a process has taken one of these jobs. Raises JournalError."""
        return bool(await self.execute(sa.select(once_jobs.c.name).where(once_jobs.c.name.in_(list(jobs)))))

    async def _make_ready(self) -> None:
        """Make the folder and bring the tables to the last step, once."""
        async with self._preparing:
            if self._is_ready:
                return
            if self._url.get_backend_name() == "sqlite" and self._url.database:
                Path(self._url.database).parent.mkdir(parents=True, exist_ok=True)
            for attempts_left in reversed(range(LOCKED_ATTEMPTS)):
                try:
                    async with self._engine.begin() as connection:
                        await connection.run_sync(migrate)
                        await connection.run_sync(self._take_key)
                    break
                except OperationalError as error:
                    # The change to write-ahead logging doesn't wait for the file as other statements do.
                    if not attempts_left or "locked" not in str(error):
                        raise
                    await asyncio.sleep(LOCKED_SECONDS)
            self._is_ready = True

    def _take_key(self, connection: sa.Connection) -> None:
        """The key that the first process brought is that of all, whatever token they have."""
        mine = self.insert(secrets_table).values(name=MEMBERS, value=self._key.hex()).on_conflict_do_nothing()
        connection.execute(mine)
        kept = sa.select(secrets_table.c.value).where(secrets_table.c.name == MEMBERS)
        self._key = bytes.fromhex(str(connection.scalar(kept)))

    async def purge(self, days: Mapping[sa.Table, float]) -> None:
        """Delete what is older than its number of days. Raises JournalError."""
        now = self.now()
        await self.execute(*(sa.delete(t).where(t.c.at < now - dt.timedelta(days=d)) for t, d in days.items()))

    async def close(self) -> None:
        """Write what can still be written, and let go of the database."""
        await asyncio.gather(*self._under_way, return_exceptions=True)
        await self.flush()
        await self._engine.dispose()
