"""What a member sees when something fails: one short private line with a reference that also stands in the log."""

import logging
from collections.abc import Awaitable

import aiohttp
import discord

from bot.logs import begin_request, reference
from bot.metrics import Metrics
from bot.ui import sentences
from bot.ui.sending import Interaction, reply_once, send

log = logging.getLogger(__name__)

# The interaction's time is over, or it was answered already: nobody is left to tell.
GONE = frozenset({10062, 40060, 10015, 10008})
NETWORK = (discord.HTTPException, aiohttp.ClientError, TimeoutError)


async def report(interaction: Interaction, error: BaseException) -> None:
    """Log the error under a reference and tell the member. Never raises a Discord or network error."""
    if isinstance(error, discord.HTTPException) and error.code in GONE:
        log.info("interaction %s was gone before it was answered (code %s)", interaction.id, error.code)
    else:
        await _tell(send(interaction, _logged(error, interaction.client.metrics, "interaction")))


async def report_message(message: discord.Message, error: Exception, metrics: Metrics) -> None:
    """As `report`, for a message that could not be answered. Never raises a Discord or network error."""
    text = _logged(error, metrics, "message")
    if not isinstance(error, discord.Forbidden):
        await _tell(reply_once(message, text))


async def _tell(telling: Awaitable[None]) -> None:
    try:
        await telling
    except NETWORK as second:
        log.warning("the member could not be told: %s", second)


def _logged(error: BaseException, metrics: Metrics, kind: str) -> str:
    """Count and log an error; the line for the member, with the reference that it goes by."""
    if not reference():
        begin_request()
    metrics.errors.labels(kind).inc()
    if isinstance(error, NETWORK):
        log.warning("Discord failed: %s: %s", type(error).__name__, error)
    else:
        log.error("unexpected %s", type(error).__name__, exc_info=error)
    return sentences.FAILED.format(reference=reference())
