"""Watching the knowledge folder: tells when to look again. Where nothing tells of a change, it looks now and then."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import awatch

log = logging.getLogger(__name__)

# Network file systems and config maps may change without a word to the watcher.
LOOK_SECONDS = 10.0
RETRY_SECONDS = 1.0
DEBOUNCE = 200


async def changes(folder: Path) -> AsyncIterator[None]:
    """Yields whenever the folder may have changed, and at least every ten seconds. Never ends by itself."""
    timeout = int(LOOK_SECONDS * 1000)
    while True:
        watched = _identity(folder)
        try:
            async for _ in awatch(
                folder, watch_filter=None, yield_on_timeout=True, rust_timeout=timeout, debounce=DEBOUNCE
            ):
                yield
                if _identity(folder) != watched:  # another folder is in its place, which nobody watches yet
                    break
        except (OSError, RuntimeError) as error:
            log.debug("the folder can't be watched now: %s", error)
        yield
        await asyncio.sleep(RETRY_SECONDS)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
