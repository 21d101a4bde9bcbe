"""What a member sees when something fails: one short private line with a reference that also stands in the log."""

import logging
from typing import Any

import aiohttp
import discord

from bot.logs import begin_request, reference
from bot.metrics import Metrics
from bot.ui import sentences
from bot.ui.replying import reply_once

log = logging.getLogger(__name__)

# The interaction's time is over, or it was answered already: nobody is left to tell.
GONE = frozenset({10062, 40060, 10015, 10008})
NETWORK = (discord.HTTPException, aiohttp.ClientError, TimeoutError)


async def report(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Log the error under a reference and tell the member. Never raises a Discord or network error."""
    if isinstance(error, discord.HTTPException) and error.code in GONE:
        log.info("interaction %s was gone before it was answered (code %s)", interaction.id, error.code)
        return
    number = _noted(error, interaction.client.metrics, "interaction")
    text = sentences.FAILED.format(reference=number)
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except NETWORK as second:
        log.warning("the member could not be told: %s", second)


async def report_message(message: discord.Message, error: Exception, metrics: Metrics) -> None:
    """As `report`, for a message that could not be answered. Never raises a Discord or network error."""
    number = _noted(error, metrics, "message")
    if isinstance(error, discord.Forbidden):
        return
    try:
        await reply_once(message, sentences.FAILED.format(reference=number))
    except NETWORK as second:
        log.warning("the member could not be told: %s", second)


def _noted(error: BaseException, metrics: Metrics, kind: str) -> str:
    """Count and log an error; the reference that it goes by."""
    if not reference():
        begin_request()
    metrics.errors.labels(kind).inc()
    if isinstance(error, NETWORK):
        log.warning("Discord failed: %s: %s", type(error).__name__, error)
    else:
        log.error("unexpected %s", type(error).__name__, exc_info=error)
    return reference()
