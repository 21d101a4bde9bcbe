"""What moderators want → an `Edit` of one file. Pure; raises EditError where the file can't take it."""

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from bot.journal.history import Change, Edit
from bot.journal.hunks import revert
from bot.knowledge.loader import Contents
from bot.knowledge.records import KnowledgeBase, plain_words
from bot.knowledge.strict_yaml import MAX_BYTES, TOO_LARGE
from bot.knowledge.writing import EditError, add_phrasing, add_record, file_named, remove_record, replace_fields
from bot.matching.utterance import Facets

NEW_ENTRIES = "answers/new.yaml"
NEW_TOPICS = "not_covered/new_topics.yaml"  # named otherwise, for an upload comes without its folder
CHECKS = "checks.yaml"
MAX_ID = 40


def teaching(contents: Contents, knowledge: KnowledgeBase, record: str, phrasings: Sequence[str], what: str) -> Edit:
    """More phrasings of a record; of several, those that stand nowhere yet."""
    file, before = _file_of(contents, knowledge, record)
    after = before
    fresh = new_phrasings(knowledge, phrasings, covered=record in knowledge.entries) or phrasings[:1]
    for phrasing in fresh:
        after = add_phrasing(after, record, phrasing)
    return Edit(what, file, before, after)


def new_phrasings(knowledge: KnowledgeBase, phrasings: Sequence[str], *, covered: bool) -> list[str]:
    """Those that a record may take: each once, and none that another has; an answer may take them from a decline."""
    may_take = knowledge.not_covered if covered else {}
    taken = {plain_words(text) for i, intent in knowledge.intents.items() if i not in may_take for text in intent.ask}
    fresh: dict[str, str] = {}
    for phrasing in phrasings:
        if plain_words(phrasing) not in taken:
            fresh.setdefault(plain_words(phrasing), phrasing)
    return list(fresh.values())


def adding(  # noqa: PLR0913, PLR0917 - an edit is what it is made of
    contents: Contents, knowledge: KnowledgeBase, file: str, title: str, fields: Mapping[str, Any], what: str
) -> Edit:
    """A new record of these fields; its id is made of its title."""
    record = {"id": entry_id(title, knowledge.intents), "title": title, **fields}
    before = contents.get(file)
    return Edit(what, file, before, add_record(before, record))


def entry_fields(
    facets: Facets, answer: str, wordings: Sequence[str], paragraphs: str, today: dt.date
) -> dict[str, Any]:
    """The fields of a new entry: role and topic are those of its question, and `check` asks to look at it again.

    Raises EditError where the paragraphs are no numbers.
    """
    roles = {"role": next(iter(facets.roles))} if len(facets.roles) == 1 else {}
    topic = {"topic": facets.topic} if facets.topic else {}
    source = {"source": paragraphs_of(paragraphs)} if paragraphs else {}
    return {**roles, **topic, "answer": answer, "ask": list(wordings), **source, "review_by": today}


def rewriting(contents: Contents, knowledge: KnowledgeBase, record: str, texts: Mapping[str, str], what: str) -> Edit:
    """Other texts for a record: its title, its answer or reply."""
    file, before = _file_of(contents, knowledge, record)
    intent = knowledge.intents[record]
    changes = {name: text for name, text in texts.items() if getattr(intent, name) != text}
    return Edit(what, file, before, replace_fields(before, record, changes) if changes else before)


def removing(contents: Contents, knowledge: KnowledgeBase, record: str, what: str) -> Edit:
    """Take a record away; with the last one goes the file."""
    file, before = _file_of(contents, knowledge, record)
    return Edit(what, file, before, remove_record(before, record))


def confirming(contents: Contents, question: str, expect: str, what: str) -> Edit:
    """A question whose answer is right as it is becomes one of those that must keep theirs."""
    before = contents.get(CHECKS)
    return Edit(what, CHECKS, before, add_record(before, {"question": question, "expect": [expect]}))


def _file_of(contents: Contents, knowledge: KnowledgeBase, record: str) -> tuple[str, bytes]:
    file = knowledge.place(record).rpartition(":")[0]
    if file not in contents:
        raise EditError(f"{record} is not in the files any more. Please try again.")
    return file, contents[file]


def upload(contents: Contents, name: str, raw: bytes, what: str) -> Edit:
    """A whole file in the place of the one of that name, or a new one."""
    file = file_named(name, contents)
    require_size(len(raw))
    return Edit(what.format(file=file), file, contents.get(file), raw)


def require_size(size: int) -> None:
    """Raises EditError for a file that is larger than any may be."""
    if size > MAX_BYTES:
        raise EditError(TOO_LARGE.format(size=size))


def undoing(contents: Contents, change: Change, what: str) -> Edit:
    """The contrary of a change."""
    before = contents.get(change.file)
    return Edit(what, change.file, before, revert(before, change))


def paragraphs_of(text: str) -> list[int]:
    """The numbers of paragraphs in what a moderator typed, such as "15, 16". Raises EditError where there are none."""
    numbers = [int(number) for number in re.findall(r"\d{1,4}", text)]
    if not numbers:
        raise EditError(f"“{text}” names no paragraph: write numbers, such as 15, 16; or leave the field empty.")
    return numbers


def entry_id(title: str, taken: Collection[str]) -> str:
    """An id made of a title, other than those that are taken."""
    words = re.sub(r"[^a-z0-9]+", "_", title.casefold()).strip("_")[:MAX_ID].strip("_") or "entry"
    numbered = (f"{words}_{number}" for number in range(2, len(taken) + 3))
    return next(i for i in (words, *numbered) if i not in taken)
