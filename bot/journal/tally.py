"""How often each outcome of the quiz came, by server and day. Nothing about members. One small SQLite file.

A store that fails never stops a result: it is logged, and the outcome goes uncounted.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

log = logging.getLogger(__name__)

FILE = "tally.sqlite3"
TABLE = """CREATE TABLE IF NOT EXISTS tally (
    server INTEGER NOT NULL, day TEXT NOT NULL, outcome TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (server, day, outcome)
) STRICT, WITHOUT ROWID"""
ADD = "INSERT INTO tally VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1"
SUM = "SELECT outcome, SUM(count) FROM tally WHERE server = ? GROUP BY outcome"
BUSY_SECONDS = 5.0


class Tally:
    """The counts, in a file of this folder. Its methods wait for the disk: not for the event loop."""

    def __init__(self, folder: Path) -> None:
        """Touches nothing before the first count."""
        self._path = folder / FILE

    def add(self, server: int, day: date, outcome: str) -> None:
        """Count an outcome."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._open() as store:
                store.execute(ADD, (server, day.isoformat(), outcome))
        except (OSError, sqlite3.Error) as error:
            log.warning("an outcome of the quiz was not counted: %s", error)

    def of(self, server: int) -> dict[str, int]:
        """The counts of a server over all days; empty where nothing can be read."""
        if not self._path.is_file():
            return {}
        try:
            with self._open() as store:
                return dict(store.execute(SUM, (server,)))
        except sqlite3.Error as error:
            log.warning("the outcomes of the quiz could not be read: %s", error)
            return {}

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection for one transaction."""
        store = sqlite3.connect(self._path, timeout=BUSY_SECONDS)
        try:
            with store:
                store.execute("PRAGMA journal_mode = WAL")
                store.execute(TABLE)
                yield store
        finally:
            store.close()
