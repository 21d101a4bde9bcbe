"""The one logging set-up: for people, or as JSON. Knows nothing of what is logged; keeps secrets out of every line."""

import datetime as dt
import json
import logging
import sys


class _Formatter(logging.Formatter):
    """Blots secrets out of the finished line, tracebacks included."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        line = self.line(record)
        for secret in self._secrets:
            line = line.replace(secret, "[secret]")
        return line

    def line(self, record: logging.LogRecord) -> str:
        """The line, secrets and all."""
        return super().format(record)


class _JsonFormatter(_Formatter):
    """One JSON object a line."""

    def line(self, record: logging.LogRecord) -> str:
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        said = {"at": at, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        if record.exc_info:
            said["error"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def set_up(level: str, style: str = "human", secrets: tuple[str, ...] = ()) -> None:
    """Log to standard error, at this level and above, with the secrets blotted out."""
    handler = logging.StreamHandler(sys.stderr)
    kept = tuple(s for s in secrets if s)
    handler.setFormatter(_JsonFormatter(kept) if style == "json" else _Formatter(kept))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # discord.py tells of every reconnect at INFO, and simulated voice support at WARNING; neither helps an operator.
    logging.getLogger("discord.client").setLevel(max(logging.ERROR, logging.getLevelName(level)))
    for chatty in ("matplotlib", "alembic", "watchfiles", "aiosqlite", "asyncio"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
