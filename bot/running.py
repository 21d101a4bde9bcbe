"""`run`: the bot on Discord, from log-in to a clean end. What may go wrong at the start becomes one clear sentence."""

import asyncio
import logging

import aiohttp
import discord

from bot.client import CareerBot
from bot.curation.keeper import Keeper
from bot.heartbeat import beat
from bot.logs import set_up
from bot.settings import Settings
from bot.upkeep import upkeep

log = logging.getLogger(__name__)


class NoLogin(Exception):  # noqa: N818 - it is the sentence that counts
    """Discord does not let the bot in; the text says why and what to do."""


def run_bot(settings: Settings, keeper: Keeper, token: str) -> None:
    """Run until stopped. Raises NoLogin when Discord can't be reached or refuses."""
    database = settings.database_url.get_secret_value() if settings.database_url else ""
    set_up(settings.log_level, (token, database))
    advisor = keeper.advisor
    entries, phrasings = len(advisor.knowledge.entries), advisor.knowledge.phrasings
    log.info("%s entries, %s ways to ask; embedder: %s", entries, phrasings, advisor.matcher.embedder.name)
    try:
        asyncio.run(_run(settings, keeper, token))
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


async def _run(settings: Settings, keeper: Keeper, token: str) -> None:
    async with CareerBot(settings, keeper) as bot, upkeep(bot):
        beating = asyncio.create_task(beat(bot.is_ready))
        try:
            await bot.start(token)
        finally:
            beating.cancel()
