"""Progress through the quiz ↔ the text of a custom_id. All state is in it, sealed, so that no process has to keep any.

    quiz:<version>:<action>:<fingerprint of the quiz>:<owner>:<answers>:<seal>

The answers are a digit each, `-` where one was skipped. The seal is a keyed BLAKE2 hash of all before it (RFC 7693):
who changes anything is found out. At most 100 characters.
"""

import hashlib
import hmac
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.knowledge.quiz_records import Quiz
from bot.quiz.scoring import Answers

PREFIX = "quiz"
# Goes up when an old button would mean something else.
VERSION = "2"
SKIPPED = "-"
SEAL_BYTES = 6


class Action(StrEnum):
    """What pressing the button does."""

    GO = "go"
    STOP = "stop"
    END = "end"
    COUNT = "count"
    SHARE = "share"
    POST = "post"


class ProgressError(Exception):
    """The custom_id can't be used. The text is for the log; members get a friendly line."""


class ForgedError(ProgressError):
    """The text was changed, or sealed with another key."""


class OutdatedError(ProgressError):
    """The quiz has been edited since, or the text is of another version of the bot."""


@dataclass(frozen=True)
class Progress:
    """Whose quiz it is, and the answers so far."""

    owner: int
    answers: Answers = ()

    def answered(self, answer: int | None) -> "Progress":
        """With one more answer; None skips."""
        return replace(self, answers=(*self.answers, answer))

    def back(self) -> "Progress":
        """Without the last answer."""
        return replace(self, answers=self.answers[:-1])


def fingerprint(quiz: Quiz) -> str:
    """Eight hexadecimal digits that change with what is asked."""
    text = "\n".join(question.model_dump_json() for question in (*quiz.statements, *quiz.tie_breakers))
    return hashlib.blake2s(text.encode(), digest_size=4).hexdigest()


def encode(action: Action, progress: Progress, quiz: Quiz, key: bytes) -> str:
    """The custom_id of a button. The key has at most 64 bytes."""
    answers = "".join(SKIPPED if answer is None else str(answer) for answer in progress.answers)
    body = f"{PREFIX}:{VERSION}:{action}:{fingerprint(quiz)}:{progress.owner}:{answers}"
    return f"{body}:{_seal(body, key)}"


def decode(custom_id: str, quiz: Quiz, key: bytes) -> tuple[Action, Progress]:
    """What a custom_id says. Raises ForgedError or OutdatedError."""
    body, _, seal = custom_id.rpartition(":")
    if not hmac.compare_digest(_raw(_seal(body, key)), _raw(seal)):
        raise ForgedError("the seal is not ours")
    _, version, *rest = body.split(":")
    if version != VERSION:
        raise OutdatedError(f"version {version} is not {VERSION}")
    action, digits, owner, answers = rest
    if digits != fingerprint(quiz):
        raise OutdatedError("the quiz has been edited")
    return Action(action), Progress(int(owner), tuple(None if a == SKIPPED else int(a) for a in answers))


def _seal(body: str, key: bytes) -> str:
    return hashlib.blake2b(_raw(body), key=key, digest_size=SEAL_BYTES).hexdigest()


def _raw(text: str) -> bytes:
    """Any text that JSON can hold, half characters too."""
    return text.encode("utf-8", "surrogatepass")
