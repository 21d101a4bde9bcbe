"""`preview`: the real bot in a local browser page, in a small furnished server. No token, no account, no network.

simcord stands in for Discord; the page binds to loopback only, and its address carries a key.
"""

import asyncio
import contextlib
import time
import webbrowser
from pathlib import Path
from tempfile import TemporaryDirectory

import discord
import simcord
from rich.console import Console
from simcord.backend.errors import SetupError
from simcord.builders import ChannelHandle
from simcord.preview import Preview

from bot.client import CareerBot
from bot.curation.keeper import Keeper
from bot.settings import Settings
from bot.ui import sentences
from bot.upkeep import upkeep

TICK_SECONDS = 1.0
SETTLE_SECONDS = 30.0
WELCOME = (
    "**Welcome! This is a preview of the Career Advisor.** Type a question below, just as in Discord. Try:\n"
    "• what does a junior AI engineer earn\n"
    "• and prompt engineers?\n"
    "• which of the two suits me if I love writing\n"
    "• prompt engineer salary in Germany\n"
    "Or type `/` for the commands. You can look at the channel as the member or as the moderator. "
    "What the moderator teaches is saved in the knowledge folder."
)


def serve(keeper: Keeper, *, port: int, open_browser: bool) -> None:
    """Serve the preview page until it is closed or Ctrl-C is pressed."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(keeper, port, open_browser))
    Console().print("The preview has ended.")


async def _serve(keeper: Keeper, port: int, open_browser: bool) -> None:
    folder = TemporaryDirectory(prefix="career-advisor-")
    # The bot must know its ask channel from the start, and the channel needs a running world: so a bare client
    # begins, and the real bot takes its place.
    data = Path(folder.name)
    env = simcord.Env(discord.Client(intents=discord.Intents.none()), check_errors=False, settle_timeout=SETTLE_SECONDS)
    env.backend.bot_user.name = sentences.NAME
    await env.start()
    with env.time_context():
        try:
            guild = env.create_guild("Career Corner")
            channel = guild.create_text_channel("ask-the-advisor")
            member = guild.add_member(env.create_user("Mia"))
            moderators = guild.create_role(
                "Moderators", permissions=discord.Permissions(manage_guild=True, manage_messages=True)
            )
            moderator = guild.add_member(env.create_user("Max (moderator)"), roles=[moderators])
            settings = Settings(
                _env_file=None,
                ask_channels=frozenset({channel.id}),
                home_server=guild.id,
                moderator_channel=channel.id,
                data_dir=data,
                weekly_summary=False,
                shard_count=1,
            )
            bot = CareerBot(settings, keeper)
            await env.restart_bot(bot)
            await bot.get_partial_messageable(channel.id).send(WELCOME)
            async with (
                upkeep(bot),
                env.preview(channel, viewers=[member, moderator], layout="channel", port=port or None) as page,
            ):
                _announce(page.url, open_browser)
                clock = asyncio.create_task(_run_clock(env, channel, page))
                await page.wait_closed()
                clock.cancel()
        finally:
            await env.shutdown()
            folder.cleanup()


def _announce(url: str, open_browser: bool) -> None:
    console = Console(soft_wrap=True)
    console.print("\n[bold]The preview is open.[/] Ctrl-C ends it. The link is only for you, on this machine:")
    console.print(url, style="cyan", highlight=False)
    if open_browser:
        webbrowser.open(url)


async def _run_clock(env: simcord.Env, channel: ChannelHandle, page: Preview) -> None:
    """Time stands still in the simulation unless it is pushed: without this no cooldown would ever end.

    The page is refreshed only when time has changed something, or the bot has spoken of its own accord: a press on a
    page that was refreshed meanwhile is lost.
    """
    before, spoken = time.monotonic(), _spoken(channel)
    while True:
        await asyncio.sleep(TICK_SECONDS)
        now = time.monotonic()
        # While somebody's press is being worked on, the world is busy: that second is made up for in the next round.
        with contextlib.suppress(SetupError):
            shown = _shown(channel)
            await env.advance_time(now - before)
            before = now
            if _shown(channel) != shown or _spoken(channel) != spoken:
                spoken = _spoken(channel)
                await page.refresh()


def _spoken(channel: ChannelHandle) -> list[int]:
    """What the bot said without being asked, such as that a file is broken."""
    found = (m for m in channel.history() if m.reference is None and m.interaction_metadata is None)
    return [message.id for message in found if message.author.bot]


def _shown(channel: ChannelHandle) -> list[tuple[int, object]]:
    return [(message.id, message.edited_at) for message in channel.history()]
