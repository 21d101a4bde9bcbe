"""What a member sees when something fails: one short private line with a reference that also stands in the log."""

import logging
import secrets
from typing import Any

import aiohttp
import discord

from bot.ui import sentences

log = logging.getLogger(__name__)

# The interaction's time is over, or it was answered already: nobody is left to tell.
GONE = frozenset({10062, 40060, 10015, 10008})


async def report(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Log the error under a reference and tell the member. Never raises a Discord or network error."""
    if isinstance(error, discord.HTTPException) and error.code in GONE:
        log.info("interaction %s was gone before it was answered (code %s)", interaction.id, error.code)
        return
    reference = secrets.token_hex(3)
    if isinstance(error, discord.HTTPException | aiohttp.ClientError):
        log.warning("[%s] Discord failed: %s: %s", reference, type(error).__name__, error)
    else:
        log.error("[%s] unexpected %s", reference, type(error).__name__, exc_info=error)
    text = sentences.FAILED.format(reference=reference)
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except (discord.HTTPException, aiohttp.ClientError) as second:
        log.warning("[%s] the member could not be told: %s", reference, second)
