"""custom_id ↔ state of a component. All state is in it, so that buttons work after a restart. Pure text functions.

Each kind is a template: `format` writes it, `pattern` reads it. A custom_id has at most 100 characters. Entries are
named by id; where several must fit, by a short key of the id. Old messages hold these, so they never change.
"""

import hashlib
import re
from collections.abc import Iterable

SHOW, OPEN, CHOOSE = "show:{entry}", "open:{entry}", "choose:{owner}:{entry}"
NONE_OF_THESE, NOT_MEANT = "none:{owner}", "not:{owner}:{shown}:{others}"
VOTE, TELL, DELETE = "vote:{side}:{shown}:{others}", "tell:{owner}:{question}", "delete:{owner}"
# A menu holds 25; the next of a message has a number.
TOPICS, TOPIC, ENTRY = "topics", "topic{menu}", "entry{menu}"
CURATION = "desk:{action}:{number}{record}"
# What a button inside the quiz says is read by `bot.quiz.progress`.
QUIZ_START, QUIZ = "quiz-start", "quiz:{progress}"

KEY = r"[0-9a-f]{8}"
# Fits a database's BIGINT.
NUMBER = r"[0-8]?\d{1,18}"
FIELDS = {
    "entry": r"[a-z0-9_.]{1,48}", "owner": r"\d{1,20}", "shown": KEY, "others": rf"(?:{KEY}(?:\.{KEY})*)?",
    "side": "up|down", "question": NUMBER, "action": "[a-z]{1,12}", "number": NUMBER,
    "menu": r"(?::\d)?", "record": r"(?::[a-z0-9_.]{1,48})?", "progress": ".{1,95}",
}  # fmt: skip
MOST_OTHERS = 3


def pattern(template: str) -> str:
    """The regular expression for the custom_ids of a kind, with a group for each part of the state."""
    return re.sub(r"\{(\w+)\}", lambda field: f"(?P<{field[1]}>{FIELDS[field[1]]})", template)


def key_of(entry_id: str) -> str:
    """A short key for an id: eight hexadecimal digits that stay the same over restarts and edits."""
    return hashlib.blake2s(entry_id.encode(), digest_size=4).hexdigest()


def keys_of(ids: Iterable[str]) -> str:
    """The keys of the first three ids."""
    return ".".join(map(key_of, list(ids)[:MOST_OTHERS]))


def ids_of(keys: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known ids with these keys (joined by dots), in the keys' order. Keys of ids that are gone are left out."""
    by_key = {key_of(entry_id): entry_id for entry_id in known}
    return tuple(by_key[key] for key in keys.split(".") if key in by_key)


def curation_action(action: str, number: int, record: str = "") -> str:
    """The custom_id of a moderators' button: what to do, with which question, proposal, change or page."""
    return CURATION.format(action=action, number=number, record=f":{record}" if record else "")
