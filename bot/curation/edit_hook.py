"""A program of the operator's, run after each edit from Discord: one that commits, say. Knows no Discord."""

import asyncio
import logging
from pathlib import Path

from bot.journal.history import Edit

log = logging.getLogger(__name__)

SECONDS = 60.0


async def run_hook(program: Path, folder: Path, edit: Edit, who: int) -> None:
    """Run it in the knowledge folder, with the file, the moderator's id and what was done. What fails is logged."""
    try:
        process = await asyncio.create_subprocess_exec(
            program, edit.file, str(who), edit.what, cwd=folder, stderr=asyncio.subprocess.PIPE
        )
    except OSError as error:
        log.warning("EDIT_HOOK could not be run: %s", error)
        return
    try:
        _, said = await asyncio.wait_for(process.communicate(), SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
        log.warning("EDIT_HOOK took longer than %.0f s and was ended", SECONDS)
        return
    if process.returncode:
        log.warning("EDIT_HOOK ended with %s: %s", process.returncode, said.decode(errors="replace").strip())
