"""What moderators want → an `Edit` of one file. Pure; raises EditError where the file can't take it."""

import datetime as dt
import re
from collections.abc import Collection

from bot.curation.effects import records_of
from bot.curation.hunks import Hunk, revert
from bot.journal.history import Change, Edit
from bot.knowledge.loader import Contents
from bot.knowledge.records import KnowledgeBase
from bot.knowledge.strict_yaml import MAX_BYTES
from bot.knowledge.writing import EditError, add_phrasing, add_record, file_named
from bot.matching.utterance import Facets

NEW_ENTRIES = "answers/new.yaml"
NOT_COVERED = "not_covered.yaml"
MAX_ID = 40


def teaching(contents: Contents, knowledge: KnowledgeBase, record: str, phrasing: str, what: str) -> Edit:
    """One more phrasing of a record."""
    file = knowledge.place(record).rpartition(":")[0]
    before = contents.get(file)
    if before is None:
        raise EditError(f"{record} is not in the files any more. Please try again.")
    return Edit(what, file, before, add_phrasing(before, record, phrasing))


def new_entry(  # noqa: PLR0913, PLR0917 - an entry is what it is made of
    contents: Contents, knowledge: KnowledgeBase, title: str, answer: str, phrasing: str, facets: Facets, today: dt.date
) -> Edit:
    """An entry that `check` asks to look at again from today on; role and topic are those of its question."""
    roles = {"role": next(iter(facets.roles))} if len(facets.roles) == 1 else {}
    topic = {"topic": facets.topic} if facets.topic else {}
    record = {"id": entry_id(title, records_of(knowledge)), "title": title, **roles, **topic, "answer": answer}
    before = contents.get(NEW_ENTRIES)
    after = add_record(before, {**record, "ask": [phrasing], "review_by": today})
    return Edit(title, NEW_ENTRIES, before, after)


def new_topic(contents: Contents, knowledge: KnowledgeBase, title: str, reply: str, phrasing: str) -> Edit:
    """A topic that is not covered, with its honest reply."""
    record = {"id": entry_id(title, records_of(knowledge)), "title": title, "reply": reply, "ask": [phrasing]}
    before = contents.get(NOT_COVERED)
    return Edit(title, NOT_COVERED, before, add_record(before, record))


def upload(contents: Contents, name: str, raw: bytes, what: str) -> Edit:
    """A whole file in the place of the one of that name, or a new one."""
    file = file_named(name)
    if len(raw) > MAX_BYTES:
        raise EditError(f"The file has {len(raw):,} bytes, more than {MAX_BYTES:,}: split it into several files.")
    return Edit(what.format(file=file), file, contents.get(file), raw)


def undoing(contents: Contents, change: Change, what: str) -> Edit:
    """The contrary of a change."""
    before = contents.get(change.file)
    after = revert(before, Hunk(change.line, change.before, change.after))
    return Edit(what, change.file, before, after)


def entry_id(title: str, taken: Collection[str]) -> str:
    """An id made of a title, other than those that are taken."""
    words = re.sub(r"[^a-z0-9]+", "_", title.casefold()).strip("_")[:MAX_ID].strip("_") or "entry"
    numbered = (f"{words}_{number}" for number in range(2, len(taken) + 3))
    return next(i for i in (words, *numbered) if i not in taken)
