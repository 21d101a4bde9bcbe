"""The one logging set-up. Knows nothing of what is logged; keeps secrets out of every line."""

import logging
import sys


class _RedactingFormatter(logging.Formatter):
    """Blots secrets out of the finished line, tracebacks included."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "[secret]")
        return line


def set_up(level: str, secrets: tuple[str, ...] = ()) -> None:
    """Log to standard error, at this level and above, with the secrets blotted out."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_RedactingFormatter(tuple(s for s in secrets if s)))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # discord.py tells of every reconnect at INFO, and simulated voice support at WARNING; neither helps an operator.
    logging.getLogger("discord.client").setLevel(max(logging.ERROR, logging.getLevelName(level)))
    for chatty in ("matplotlib", "alembic", "watchfiles"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
