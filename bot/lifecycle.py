"""`run`: the bot on Discord, from log-in to a clean end.

While Discord can't be reached it tries again, later and later. What trying can't fix becomes one clear sentence.
"""

import asyncio
import contextlib
import gc
import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.background_tasks import background_tasks
from bot.client import CareerBot
from bot.curation.manager import KnowledgeManager
from bot.discord_waits import LONGEST_WAIT_SECONDS, bound_waits
from bot.health_server import State, serving
from bot.logs import set_up
from bot.metrics import Metrics
from bot.model_cache import give_back_memory
from bot.settings import Settings

try:
    from uvloop import new_event_loop
except ImportError:  # on Windows
    new_event_loop = asyncio.new_event_loop  # type: ignore[assignment]

log = logging.getLogger(__name__)

FIRST_WAIT_SECONDS = 1.0
# Threads take turns so often: at Python's own 5 ms, answers wait that long after each step while an edit is fitted.
SWITCH_SECONDS = 0.0005
# What Discord refuses for good. discord.py itself goes on after the codes that allow it.
REFUSED = (discord.PrivilegedIntentsRequired, discord.ConnectionClosed, discord.LoginFailure, discord.HTTPException)
# What a later try may fix; all else is a frame or a state that nobody expected, and is tried again as well.
PASSING = (aiohttp.ClientError, OSError, TimeoutError, discord.DiscordServerError, discord.GatewayNotFound)
# The process ends at most so long after the answers under way.
ENDING_SECONDS = 5.0
# discord.py's names for the tasks in which members are being answered.
AT_WORK = ("discord.py: on_", "CommandTree-invoker", "discord-ui-dynamic-item", "discord-ui-modal")
CLOSED = {
    4004: "Discord refused the token. Copy it anew from the developer portal into DISCORD_TOKEN.",
    4010: "Discord refused the shard. Check SHARD_IDS and SHARD_COUNT.",
    4011: "Discord wants more shards: raise SHARD_COUNT, or leave it empty.",
    4014: "ASK_CHANNELS needs the message content intent: switch it on in the developer portal, under Bot.",
}


class NoLogin(Exception):  # noqa: N818 - it is the sentence that counts
    """Discord does not let the bot in; the text says why and what to do."""


def run_bot(settings: Settings, manager: KnowledgeManager, token: str) -> None:
    """Run until stopped. Raises NoLogin when Discord refuses."""
    set_up(settings.log_level, settings.log_format, settings.hidden())
    advisor = manager.advisor
    entries, phrasings = len(advisor.knowledge.entries), advisor.knowledge.phrasings
    log.info("%s entries, %s phrasings; embedder: %s", entries, phrasings, advisor.matcher.embedder.name)
    _point_at(settings)
    bound_waits()
    _tune_interpreter()
    # Whatever hangs once the bot was told to stop, such as a read of a dead network folder, is cut off.
    ending = threading.Timer(settings.stop_seconds + ENDING_SECONDS, os._exit, (1,))
    ending.daemon = True
    try:
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            runner.run(_run(settings, manager, token, ending.start))
    except discord.LoginFailure as error:
        raise NoLogin(CLOSED[4004]) from error
    except discord.PrivilegedIntentsRequired as error:
        raise NoLogin(CLOSED[4014]) from error
    except discord.ConnectionClosed as error:
        raise NoLogin(CLOSED.get(error.code, f"Discord closed the connection for good (code {error.code}).")) from error
    except discord.HTTPException as error:
        raise NoLogin(f"Discord refused a request at the start: {error}.") from error
    finally:
        ending.cancel()


def _tune_interpreter() -> None:
    """Give back what fitting took, and keep the pauses of Python's garbage collector and of its threads short.

    What is loaded stays, so it is never looked through again; and a request's objects are looked through so rarely that
    most are gone by then, before they come to the generation whose collection takes long. Threads take turns often.
    """
    gc.collect()
    give_back_memory()
    gc.freeze()
    gc.set_threshold(10_000, 5, 5)
    sys.setswitchinterval(SWITCH_SECONDS)


def _point_at(settings: Settings) -> None:
    """Talk to another API or gateway, where one is set; discord.py knows no other way than its own globals."""
    if settings.discord_api_url:
        Route.BASE = settings.discord_api_url.rstrip("/")
    if settings.discord_gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.discord_gateway_url)


async def _run(settings: Settings, manager: KnowledgeManager, token: str, told: Callable[[], None]) -> None:
    """Log in and stay, anew after every failure but a refusal, until stopped; `told` is called when that begins."""
    stopping = asyncio.Event()

    def stop() -> None:
        if not stopping.is_set():
            stopping.set()
            told()

    _on_signals(stop)
    wait, state = FIRST_WAIT_SECONDS, State(Metrics())
    async with serving(settings, state):
        while not stopping.is_set():
            bot = CareerBot(settings, manager, state.metrics)
            state.is_ready, state.failing = bot.is_ready, bot.failing_tasks
            try:
                async with background_tasks(bot), bot:
                    await _stay(bot, token, stopping)
                break
            except PASSING as error:
                log.warning("Discord can't be reached (%s: %s); next try in %.0f s", type(error).__name__, error, wait)
            except REFUSED:
                raise
            except Exception as error:  # noqa: BLE001 - one odd frame must not end the bot
                # Without its text, which may hold what members wrote.
                what, place = type(error).__name__, _place_of(error)
                log.warning("the connection broke (%s in %s) and is begun anew in %.0f s", what, place, wait)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), wait)
            wait = min(2 * wait, LONGEST_WAIT_SECONDS)


def _place_of(error: BaseException) -> str:
    """The line of code that raised an error."""
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"{Path(last.filename).name}:{last.lineno}"


def _on_signals(stop: Callable[[], None]) -> None:
    """The first SIGTERM or SIGINT stops in order, the second one at once."""
    loop = asyncio.get_running_loop()

    def received(number: signal.Signals) -> None:
        log.info("%s: stopping; once more ends it at once", number.name)
        loop.remove_signal_handler(number)
        stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # on Windows
            loop.add_signal_handler(number, received, number)


async def _stay(bot: CareerBot, token: str, stopping: asyncio.Event) -> None:
    """Be on Discord until told to stop; then take no more work, and finish what is under way."""
    running = asyncio.create_task(bot.start(token))
    stopped = asyncio.create_task(stopping.wait())
    await asyncio.wait({running, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if running.done():
        await running
        return
    for shard in bot.shards.values():
        await shard.disconnect()
    at_work = {task for task in asyncio.all_tasks() if task.get_name().startswith(AT_WORK)}
    if at_work:
        await asyncio.wait(at_work, timeout=bot.settings.stop_seconds)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    log.info("stopped")
