"""What comes from outside, and what must hold whatever it is. A target takes text and raises when a promise breaks."""

import json
import logging
from functools import lru_cache

from pydantic import ValidationError

from bot.curation.edits import upload
from bot.dialogue.advisor import Advisor
from bot.dialogue.records import Conversation
from bot.exts.answers.components import ITEMS
from bot.exts.answers.layouts import reply_layout
from bot.exts.curation.components import CURATION_ITEMS
from bot.exts.quiz.components import QUIZ_ITEMS
from bot.knowledge.loader import load, load_contents
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.writing import EditError
from bot.logs import Formatter, JsonFormatter
from bot.matching.embedding import NoEmbedder
from bot.matching.text import clean
from bot.quiz.progress import ProgressError, decode
from bot.settings import Settings
from tests import small
from tests.conftest import KNOWLEDGE
from tests.wire.description import limits_missed

KEY = b"k" * 32
BIGINT = 1 << 63


@lru_cache(maxsize=1)
def advisor():
    """An advisor on the shipped knowledge, without embeddings, for speed."""
    return Advisor(load(KNOWLEDGE), NoEmbedder())


def message(text):
    """Any message gets one reply, which keeps Discord's limits; in conversation too."""
    conversation = Conversation()
    for _ in range(2):
        reply = advisor().reply(text, conversation)
        conversation = reply.conversation
        view = reply_layout(advisor().knowledge, reply, owner=1, private=False, question=clean(text))
        body = {"components": view.to_components(), "flags": 1 << 15}
        assert not list(limits_missed(body))
        assert "@everyone" not in json.dumps(body)


def custom_id(text):
    """The numbers in a button's custom_id fit a database, and progress through the quiz is ours or refused."""
    for item in (*ITEMS, *CURATION_ITEMS, *QUIZ_ITEMS):
        match = item.__discord_ui_compiled_template__.fullmatch(text)
        numbers = [
            value for name, value in (match.groupdict() if match else {}).items() if name in {"question", "number"}
        ]
        assert all(int(number) < BIGINT for number in numbers)
    try:
        decode(text, advisor().knowledge.quiz, KEY)
    except ProgressError:
        return
    raise AssertionError("a forged custom_id was taken")


def knowledge_file(text):
    """A file loads, or every problem has its place and its fix."""
    contents = {name: value.encode() for name, value in small.FILES.items()}
    try:
        load_contents({**contents, "answers/work.yaml": text.encode("utf-8", "surrogatepass")}, ())
    except KnowledgeError as error:
        assert all(problem.line >= 1 for problem in error.problems)


def uploaded(text):
    """A name and a file after it: an edit inside the folder, or a clear refusal."""
    name, _, rest = text.partition("\n")
    try:
        edit = upload({}, name, rest.encode("utf-8", "surrogatepass"), "uploaded")
    except EditError as error:
        assert str(error)
        return
    assert ".." not in edit.file.split("/")
    assert not edit.file.startswith("/")


def setting(text):
    """A setting is taken or refused by name; the token is in no message."""
    for name in ("shard_ids", "ask_channels", "http_port", "log_level", "database_url"):
        try:
            Settings(_env_file=None, discord_token="hunter2", **{name: text[:20]})
        except ValidationError as error:
            assert name in str(error) or "SHARD" in str(error)


def log_line(text):
    """A secret is blotted out, wherever in a line it stands."""
    record = logging.LogRecord("x", logging.INFO, "x", 1, "%s", (text + "hunter2" + text,), None)
    for formatter in (Formatter(("hunter2",)), JsonFormatter(("hunter2",))):
        assert "hunter2" not in formatter.format(record)


TARGETS = {f.__name__: f for f in (message, custom_id, knowledge_file, uploaded, setting, log_line)}
