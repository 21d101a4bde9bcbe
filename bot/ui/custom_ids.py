"""custom_id ↔ state of a button. All state is in it, so that buttons work after a restart. Pure text functions.

A custom_id has at most 100 characters. Entries are named by id; where several must fit, by a short key of the id.
"""

import hashlib
from collections.abc import Iterable

ENTRY_ID = r"(?P<entry>[a-z0-9_.]{1,48})"
OWNER = r"(?P<owner>\d{1,20})"
SHOW = rf"show:{ENTRY_ID}"
OPEN = rf"open:{ENTRY_ID}"
CHOOSE = rf"choose:{OWNER}:{ENTRY_ID}"
NONE_OF_THESE = rf"none:{OWNER}"
NOT_MEANT = rf"not:{OWNER}:(?P<shown>[0-9a-f]{{8}}):(?P<others>[0-9a-f]{{8}}(?:\.[0-9a-f]{{8}})*)?"
DELETE = rf"delete:{OWNER}"
TOPICS = r"topics"
TOPIC = r"topic"
ENTRY = r"entry"
QUIZ_START = r"quiz-start"
VOTE = r"vote:(?P<side>up|down):(?P<shown>[0-9a-f]{8}):(?P<others>[0-9a-f]{8}(?:\.[0-9a-f]{8})*)?"
# Fits a database's BIGINT.
NUMBER = r"[0-8]?\d{1,18}"
TELL = rf"tell:{OWNER}:(?P<question>{NUMBER})"
CURATION = rf"desk:(?P<action>[a-z]{{1,12}}):(?P<number>{NUMBER})(?::(?P<record>[a-z0-9_.]{{1,48}}))?"
# What a quiz button says is read by `bot.quiz.progress`.
QUIZ = r"quiz:.{1,95}"


def key_of(entry_id: str) -> str:
    """A short key for an id: eight hexadecimal digits that stay the same over restarts and edits."""
    return hashlib.blake2s(entry_id.encode(), digest_size=4).hexdigest()


def ids_of(keys: str | None, known: Iterable[str]) -> tuple[str, ...]:
    """The known ids with these keys (joined by dots), in the keys' order. Keys of ids that are gone are left out."""
    by_key = {key_of(entry_id): entry_id for entry_id in known}
    return tuple(by_key[key] for key in (keys or "").split(".") if key in by_key)


def show(entry_id: str) -> str:
    """The custom_id of a button that shows an entry to whoever presses it."""
    return f"show:{entry_id}"


def open_entry(entry_id: str) -> str:
    """The custom_id of a button that shows an entry in a message of its own."""
    return f"open:{entry_id}"


def choose(owner: int, entry_id: str) -> str:
    """The custom_id of a choice in a clarification."""
    return f"choose:{owner}:{entry_id}"


def none_of_these(owner: int) -> str:
    """The custom_id of "None of these"."""
    return f"none:{owner}"


def not_meant(owner: int, shown: str, others: Iterable[str]) -> str:
    """The custom_id of "Not what I meant": the entry shown, and at most three others that may have been meant."""
    return f"not:{owner}:{key_of(shown)}:{'.'.join(key_of(i) for i in list(others)[:3])}"


def vote(side: str, shown: str, others: Iterable[str]) -> str:
    """The custom_id of a thumb under an answer; the runners-up as in `not_meant`."""
    return f"vote:{side}:{key_of(shown)}:{'.'.join(key_of(i) for i in list(others)[:3])}"


def tell(owner: int, question: int) -> str:
    """The custom_id of "Tell me when you know"."""
    return f"tell:{owner}:{question}"


def curation_action(action: str, number: int, record: str = "") -> str:
    """The custom_id of a moderators' button: what to do, with which question, proposal, change or page."""
    return f"desk:{action}:{number}" + (f":{record}" if record else "")


def delete(owner: int) -> str:
    """The custom_id of the delete button."""
    return f"delete:{owner}"
