"""A sign of life that a health check in another process can read: the age of a file. Knows no Discord.

`python -m bot.heartbeat` exits with 0 while the bot lives, else with 1 and says why.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

FILE = Path(tempfile.gettempdir()) / "career-advisor.heartbeat"
BEAT_SECONDS = 20.0
OLD_SECONDS = 90.0


def beat_once(is_alive: Callable[[], bool], file: Path = FILE) -> None:
    """Touch the file if the bot is alive."""
    if is_alive():
        file.touch()


async def beat(is_alive: Callable[[], bool]) -> None:
    """Beat again and again. Runs until cancelled."""
    while True:
        await asyncio.to_thread(beat_once, is_alive)
        await asyncio.sleep(BEAT_SECONDS)


def complaint(now: float, file: Path = FILE) -> str | None:
    """Why the bot is to be held for dead, or None while it lives."""
    try:
        age = now - file.stat().st_mtime
    except OSError:
        return "no heartbeat yet"
    return f"the last heartbeat is {age:.0f} s old" if age > OLD_SECONDS else None


if __name__ == "__main__":
    sys.exit(complaint(time.time()))
