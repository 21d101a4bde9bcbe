"""The one logging set-up: for people, or as JSON. Knows nothing of what is logged; keeps secrets out of every line.

All lines of one request carry its reference, the same that a member is given when something fails.
"""

import datetime as dt
import json
import logging
import secrets
import sys
from contextvars import ContextVar
from urllib.parse import quote

_request: ContextVar[str] = ContextVar("request", default="")


def begin_request() -> None:
    """From here on, the lines of this task carry a reference of their own."""
    _request.set(secrets.token_hex(3))


def reference() -> str:
    """The reference of the request in hand; empty outside of one."""
    return _request.get()


class Formatter(logging.Formatter):
    """Lines for people. Blots secrets out of the finished line, tracebacks included."""

    def __init__(self, hidden: tuple[str, ...] = ()) -> None:
        """Hide these, as they are and as they stand in an address."""
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(request)s%(message)s")
        self._secrets = tuple(dict.fromkeys(form for text in hidden if text for form in (text, quote(text, safe=""))))

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its secrets."""
        record.request = f"[{reference()}] " if reference() else ""
        line = self.line(record)
        for secret in self._secrets:
            line = line.replace(secret, "[secret]")
        return line

    def line(self, record: logging.LogRecord) -> str:
        """The line, secrets and all."""
        return super().format(record)


class JsonFormatter(Formatter):
    """One JSON object a line."""

    def line(self, record: logging.LogRecord) -> str:
        """The line as JSON, secrets and all."""
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        said = {"at": at, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        if reference():
            said["request"] = reference()
        if record.exc_info:
            said["error"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def set_up(level: str, style: str = "human", hidden: tuple[str, ...] = ()) -> None:
    """Log to standard error, at this level and above, with what is hidden blotted out."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter(hidden) if style == "json" else Formatter(hidden))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # discord.py tells of every reconnect at INFO, and simulated voice support at WARNING; neither helps an operator.
    logging.getLogger("discord.client").setLevel(max(logging.ERROR, logging.getLevelName(level)))
    for chatty in ("matplotlib", "alembic", "watchfiles", "aiosqlite", "asyncio"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
