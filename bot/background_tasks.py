"""What goes on beside the bot: the journal's writing, live reload, a better embedder, purge, the summary of the week.

Runs outside the client, as tasks of its own; what fails here is logged and never stops the bot.
"""

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
import discord

from bot.client import CareerBot
from bot.curation.manager import Reloaded
from bot.curation.watching import changes
from bot.exts.curation.texts import reloaded_text
from bot.exts.curation.weekly_report import weekly_report
from bot.journal.store import JournalError
from bot.journal.tables import once_jobs, proposals, questions, votes
from bot.ui.layouts import Screen, screen

log = logging.getLogger(__name__)

HOUR, FIRST_WAIT_SECONDS = 3600.0, 1.0
DAY = dt.timedelta(days=1)
PROPOSAL_DAYS, JOB_DAYS = 1, 60
MONDAY = 0


@asynccontextmanager
async def background_tasks(bot: CareerBot) -> AsyncIterator[None]:
    """All of it, for as long as this lasts; at the end the journal is closed, which must outlive the client."""
    works: dict[str, Callable[[], Awaitable[None]]] = {
        "journal": bot.store.run,
        "watch": lambda: _watch(bot),
        "hourly": lambda: _hourly(bot),
        "improve": bot.manager.improve,
        "warm_up": bot.answers.warm_up,
    }
    tasks = [asyncio.create_task(_supervised(bot, *work), name=work[0]) for work in works.items()]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await bot.store.close()


async def _supervised(bot: CareerBot, name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Do a work; whenever it fails, log and count that, and begin it anew, later and later."""
    wait = FIRST_WAIT_SECONDS
    while True:
        try:
            return await work()
        except Exception:
            log.exception("%s failed, and is begun anew in %.0f s", name, wait)
        bot.metrics.errors.labels(f"task {name}").inc()
        bot.failing_tasks.add(name)
        await asyncio.sleep(wait)
        bot.failing_tasks.discard(name)
        wait = min(2 * wait, HOUR)


async def _watch(bot: CareerBot) -> None:
    """Load what moderators edit; tell them when it can't be used, once, and when it is fixed."""
    async for _ in changes(bot.manager.folder):
        await _carefully(lambda: reload(bot), "the knowledge could not be reloaded")


async def reload(bot: CareerBot) -> None:
    """Read the folder again, and tell what moderators should know."""
    found = await bot.manager.reload(bot.history)
    if found is not Reloaded.UNCHANGED:
        bot.metrics.reloads.labels(found).inc()
    if found is Reloaded.BROKEN:
        log.warning("the knowledge files have problems; the version before stays in use:")
        for problem in bot.manager.problems:
            log.warning("%s", problem)
    is_weak = found is Reloaded.LOADED and bool(bot.manager.failed_checks)
    if is_weak:
        log.warning("questions of checks.yaml no longer get their answer: see /knowledge status")
    if (found in {Reloaded.BROKEN, Reloaded.FIXED} or is_weak) and bot.is_leader:
        await post(bot, screen(reloaded_text(found, bot.manager)))


async def _hourly(bot: CareerBot) -> None:
    while True:
        await _carefully(lambda: bot.manager.settle_history(bot.history), "the history could not be settled")
        await _carefully(lambda: hourly(bot), "the hourly work failed")
        await asyncio.sleep(HOUR)


async def hourly(bot: CareerBot) -> None:
    """Purge once a day; on Mondays post the summary of the week before. Of several processes one does it."""
    settings, today = bot.settings, bot.store.now().date()
    # One wrong clock must not delete everything: a day is believed when one of the week before it was seen, too.
    week = [f"purge:{today - days * DAY}" for days in range(1, 8)]
    if await bot.store.acquire_once(f"purge:{today}") and await bot.store.is_any_done(week):
        kept = {questions: settings.retention_days, votes: settings.retention_days}
        await bot.store.purge({**kept, proposals: PROPOSAL_DAYS, once_jobs: JOB_DAYS})
    if not settings.weekly_summary or settings.moderator_channel is None or not bot.is_ready():
        return
    if today.weekday() == MONDAY and await bot.store.acquire_once(f"week:{today}"):
        report = await weekly_report(bot.manager, bot.questions, today - 7 * DAY)
        if report:
            await post(bot, report)


async def post(bot: CareerBot, what: Screen) -> None:
    """Post to the moderators' channel, if there is one."""
    channel = bot.settings.moderator_channel
    if channel is None or not bot.is_ready():
        return
    try:
        await bot.get_partial_messageable(channel).send(view=what, files=what.files)
    except (discord.HTTPException, aiohttp.ClientError) as error:
        log.warning("the moderators' channel %s could not be written to: %s", channel, error)


async def _carefully(work: Callable[[], Awaitable[None]], complaint: str) -> None:
    try:
        await work()
    except JournalError:
        log.info("%s: the journal is away", complaint)
    except Exception:
        log.exception("%s", complaint)
