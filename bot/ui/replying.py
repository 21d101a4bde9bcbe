"""A reply to a message that comes once, however Discord fails. Knows nothing of what is said."""

import asyncio
import logging
from collections.abc import Callable, Sequence

import aiohttp
import discord
from discord import ui

log = logging.getLogger(__name__)

# After each try that failed in a way that may pass; discord.py itself tries 500, 502 and 504 again.
WAIT_SECONDS = (1.0, 4.0, 16.0, 60.0)
PASSING = (discord.DiscordServerError, aiohttp.ClientError, OSError, TimeoutError)
UNKNOWN_MESSAGE = 50035

Files = Callable[[], Sequence[discord.File]]


async def reply_once(message: discord.Message, what: str | ui.LayoutView, files: Files = list) -> None:
    """Reply to a message; where it is gone or its history hidden, say it in the channel. `files` makes fresh ones.

    A try that seems to have failed may have reached Discord all the same. The message's id goes along as a nonce, by
    which Discord knows the reply that it has. Raises what discord.py and aiohttp raise, when waiting does not help.
    """
    for wait in WAIT_SECONDS:
        try:
            return await _reply(message, what, files())
        except PASSING as error:
            log.warning("a reply to %s failed (%s); next try in %.0f s", message.id, type(error).__name__, wait)
            await asyncio.sleep(wait)
    return await _reply(message, what, files())


async def _reply(message: discord.Message, what: str | ui.LayoutView, files: Sequence[discord.File]) -> None:
    said = {"content": what} if isinstance(what, str) else {"view": what, "files": files}
    try:
        await message.channel.send(**said, reference=message, mention_author=False, nonce=message.id)
    except discord.HTTPException as error:
        if error.code != UNKNOWN_MESSAGE:
            raise
        await message.channel.send(**said, nonce=message.id)
