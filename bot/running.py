"""`run`: the bot on Discord, from log-in to a clean end. What may go wrong at the start becomes one clear sentence."""

import asyncio
import logging

import aiohttp
import discord

from bot.advisor.advisor import Advisor
from bot.client import CareerBot
from bot.heartbeat import beat
from bot.logs import set_up
from bot.settings import Settings

log = logging.getLogger(__name__)


class NoLogin(Exception):  # noqa: N818 - it is the sentence that counts
    """Discord does not let the bot in; the text says why and what to do."""


def run_bot(settings: Settings, advisor: Advisor, token: str) -> None:
    """Run until stopped. Raises NoLogin when Discord can't be reached or refuses."""
    set_up(settings.log_level, (token,))
    entries, phrasings = len(advisor.knowledge.entries), advisor.knowledge.phrasings
    log.info("%s entries, %s ways to ask; embedder: %s", entries, phrasings, advisor.matcher.embedder.name)
    try:
        asyncio.run(_run(settings, advisor, token))
    except discord.LoginFailure as error:
        raise NoLogin(
            "Discord refused the token. Copy it anew from the developer portal into DISCORD_TOKEN."
        ) from error
    except discord.PrivilegedIntentsRequired as error:
        raise NoLogin(
            "ASK_CHANNELS needs the message content intent: switch it on in the developer portal, under Bot."
        ) from error
    except (aiohttp.ClientConnectionError, OSError) as error:
        raise NoLogin(f"Discord can't be reached ({error}). Check the network and try again.") from error


async def _run(settings: Settings, advisor: Advisor, token: str) -> None:
    async with CareerBot(settings, advisor) as bot:
        beating = asyncio.create_task(beat(bot.is_ready))
        try:
            await bot.start(token)
        finally:
            beating.cancel()
