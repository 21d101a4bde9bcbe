"""Every change of the knowledge, and the edits that wait for a moderator's confirmation.

A change is kept as the lines that it changed and a few around them, so that it can be undone also when the file has
been edited elsewhere since.
"""

import datetime as dt
import hashlib
from dataclasses import asdict, dataclass, fields

import sqlalchemy as sa

from bot.journal.hunks import Hunk, hunk_of, text_of
from bot.journal.store import Store, random_id
from bot.journal.tables import changes, proposals

# A change that another process has made is in the history before it is seen in the folder.
RECENT = dt.timedelta(minutes=10)
# After so long no process is still about to make a change that it has written down.
SETTLED = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Change(Hunk):
    """A change: its lines, who made it (None: by hand), and whether it is known to be in the file."""

    id: int
    at: dt.datetime
    who: int | None
    what: str
    file: str
    made: bool


@dataclass(frozen=True)
class Edit:
    """An edit to be made: a file as it is and as it would be (None: no file).

    `question` is the one that it answers, `author` whoever has sent it to be reviewed.
    """

    what: str
    file: str
    before: bytes | None
    after: bytes | None
    question: int | None = None
    author: int | None = None


@dataclass(frozen=True)
class History:
    """Keeps changes and proposals."""

    _store: Store

    async def record(self, edit: Edit, who: int | None) -> int:
        """Keep an edit as a change that is about to be made, or by hand was made; its number. Raises JournalError."""
        row = {"at": self._store.now(), "who": who, "what": edit.what, "file": edit.file, "made": who is None}
        insert = sa.insert(changes).values(**row, **asdict(hunk_of(edit.before, edit.after))).returning(changes.c.id)
        ((number,),) = await self._store.execute(insert)
        return int(number)

    async def record_by_hand(self, edit: Edit) -> None:
        """Keep an edit that was found in the folder, unless another process has done so. Raises JournalError."""
        now, hunk = self._store.now(), hunk_of(edit.before, edit.after)
        recent = sa.select(changes.c.after).where(changes.c.file == edit.file, changes.c.at > now - RECENT)
        if any(row.after == hunk.after for row in await self._store.execute(recent)):
            return
        found = repr((edit.file, (hunk.before, hunk.after)))
        digest = hashlib.blake2b(found.encode(), digest_size=8).hexdigest()
        if await self._store.acquire_once(f"by-hand:{now:%Y%m%d%H%M}:{digest}"):
            await self.record(edit, None)

    async def confirm(self, change: int) -> None:
        """A change is in its file now. Raises JournalError."""
        await self._store.execute(sa.update(changes).where(changes.c.id == change).values(made=True))

    async def unconfirmed(self) -> list[Change]:
        """Changes of which a crash has left open whether they were made, the last one first. Raises JournalError."""
        is_open = ~changes.c.made & (changes.c.at < self._store.now() - SETTLED)
        return await self._changes(sa.select(changes).where(is_open).order_by(changes.c.id.desc()))

    async def strike(self, change: int) -> None:
        """Forget a change that was not made after all. Raises JournalError."""
        await self._store.execute(sa.delete(changes).where(changes.c.id == change))

    async def latest(self, count: int) -> list[Change]:
        """The latest changes, the last one first. Raises JournalError."""
        return await self._changes(sa.select(changes).order_by(changes.c.id.desc()).limit(count))

    async def change(self, number: int) -> Change | None:
        """One change. Raises JournalError."""
        return next(iter(await self._changes(sa.select(changes).where(changes.c.id == number))), None)

    async def _changes(self, statement: sa.Select[tuple[object, ...]]) -> list[Change]:
        return [Change(**row._mapping) for row in await self._store.execute(statement)]  # noqa: SLF001 - public, in spite of its name

    async def propose(self, edit: Edit) -> int:
        """Keep an edit until a moderator decides; its number. Raises JournalError."""
        number = random_id()
        await self.put_back(number, edit)
        return number

    async def put_back(self, number: int, edit: Edit) -> None:
        """Keep an edit under this number again: it could not be saved yet. Raises JournalError."""
        texts = {"before": text_of(edit.before), "after": text_of(edit.after)}
        row = {**asdict(edit), **texts, "id": number, "at": self._store.now()}
        await self._store.execute(sa.insert(proposals).values(**row))

    async def take(self, proposal: int) -> Edit | None:
        """The edit under this number, once: whoever takes it decides. None when it is gone. Raises JournalError."""
        columns = [proposals.c[field.name] for field in fields(Edit)]
        rows = await self._store.execute(sa.delete(proposals).where(proposals.c.id == proposal).returning(*columns))
        return next((Edit(r.what, r.file, _raw(r.before), _raw(r.after), r.question, r.author) for r in rows), None)


def _raw(text: str | None) -> bytes | None:
    return None if text is None else text.encode("utf-8")
