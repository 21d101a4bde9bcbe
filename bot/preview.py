"""`preview`: the real bot in a local browser page, in a small furnished server. No token, no account, no network.

simcord stands in for Discord; its pages bind to loopback only, and their addresses carry a key.
"""

import asyncio
import contextlib
import datetime as dt
import re
import time
import webbrowser
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import discord
import simcord
from rich.console import Console
from simcord.actors import MemberActor
from simcord.backend.errors import SetupError
from simcord.builders import ChannelHandle, UserHandle
from simcord.preview import Preview

from bot.background_tasks import background_tasks
from bot.client import CareerBot
from bot.curation.manager import KnowledgeManager
from bot.knowledge.records import Source
from bot.logs import set_up
from bot.settings import Settings
from bot.ui.texts import starters

SETTLE_SECONDS = 30.0
MESSAGES = ("MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE")

MENU = "Answer this question"
WELCOME = """\
**Welcome! This is the {name}, running on your own machine.** Ask me something below, just as in Discord:
{questions}
Or type `/` for my commands. Above, choose who you are: Mia, a member, or Max, a moderator. What Max teaches me is \
saved in the knowledge folder.
There is also [a channel where I answer only when mentioned]({plain}), and [a DM with me]({dm}).
-# Unlike Discord, these pages have no list of names after an @, and no *Apps* menu on messages."""
WELCOME_PLAIN = """\
**Here people talk, and I stay silent until I'm asked:** begin with `@{name}`, or reply to me. `/ask` works \
too.
In Discord, every message also has *Apps → {menu}*. These pages can't open that menu, so Mia has used it on what \
Max asked:"""
WELCOME_DM = "**Here it is just you and me.** Ask me anything that you would rather not ask in front of others."
OPEN = """
[bold]The preview is open.[/] Ctrl-C ends it. The links are only for you, on this machine:
[cyan]{ask}[/]
Where the bot must be mentioned:
[cyan]{plain}[/]
A direct message:
[cyan]{dm}[/]"""
ENDED = "The preview has ended."


def serve(manager: KnowledgeManager, *, port: int, open_browser: bool) -> None:
    """Serve the preview's pages until one is closed or Ctrl-C is pressed."""
    set_up("INFO")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(manager, port, open_browser))
    Console().print(ENDED)


class World:
    """A small server with people and channels, and the bot in it."""

    def __init__(self, manager: KnowledgeManager, data: Path) -> None:
        """Furnish it; nobody is on Discord yet."""
        # The bot must know its ask channel from the start, which needs a world to be in, which needs a bot.
        nobody = discord.Client(intents=discord.Intents(guilds=True))
        self.env = env = simcord.Env(nobody, check_errors=False, settle_timeout=SETTLE_SECONDS)
        self.clock = RealTime()
        env.backend.clock = self.clock  # type: ignore[assignment]  # it is all that simcord asks of a clock
        knowledge = manager.advisor.knowledge
        self.name = knowledge.source.name if knowledge.source else Source.model_fields["name"].default
        asked = knowledge.source.questions if knowledge.source else None
        self.questions = asked or tuple(knowledge.entries[i].title for i in starters(knowledge))
        env.backend.bot_user.name = self.name
        guild = env.create_guild("Advice Corner")
        self.ask = guild.create_text_channel("ask-the-advisor")
        self.plain = guild.create_text_channel("general")
        self.mia = guild.add_member(env.create_user("Mia"))
        moderators = discord.Permissions(manage_guild=True, manage_messages=True)
        role = guild.create_role("Moderators", permissions=moderators)
        self.max = guild.add_member(env.create_user("Max (moderator)"), roles=[role])
        # Not from the environment: an operator's database and shards are none of the preview's.
        settings = Settings.model_construct(
            ask_channels=frozenset({self.ask.id}),
            home_server=guild.id,
            moderator_channel=self.ask.id,
            data_dir=data,
            weekly_summary=False,
            shard_count=1,
        )
        self.bot = env.bot = CareerBot(settings, manager)

    async def say(self, channel: ChannelHandle, text: str) -> None:
        """Have the bot say something of its own accord."""
        await self.bot.get_partial_messageable(channel.id).send(text)

    async def welcome(self, links: Mapping[str, str]) -> None:
        """Say in every channel what it is for; show what the message menu does, which the pages can't open."""
        listed = "\n".join(f"• {question}" for question in self.questions)
        await self.say(self.ask, WELCOME.format(**links, name=self.name, questions=listed))
        await self.say(self.mia.user.dm_channel, WELCOME_DM)
        await self.say(self.plain, WELCOME_PLAIN.format(name=self.name, menu=MENU))
        asked = await self.max.send(self.plain, self.questions[0])
        await self.mia.context_menu(self.plain, MENU, asked)


class RealTime:
    """The world's clock: real time, so that cooldowns end and dates are true without anybody moving it.

    While a press is worked on it stands still: simcord, like Discord, drops what is answered after three seconds, and a
    busy machine may take longer.
    """

    def __init__(self) -> None:
        """It begins now."""
        self._began, self._elapsed, self._stands = time.time(), 0.0, False

    @property
    def elapsed(self) -> float:
        """The seconds since it began; they never go back."""
        if not self._stands:
            self._elapsed = max(self._elapsed, time.time() - self._began)
        return self._elapsed

    def now(self) -> dt.datetime:
        """The date and time, in UTC."""
        return dt.datetime.fromtimestamp(self._began + self.elapsed, dt.UTC)

    def advance(self, seconds: float) -> None:
        """Move on, as simcord does to reach a timer that is due."""
        self._elapsed = self.elapsed + seconds

    @contextlib.contextmanager
    def standing(self) -> Iterator[None]:
        """Stand still for as long as this lasts."""
        self._elapsed, self._stands = self.elapsed, True
        try:
            yield
        finally:
            self._stands = False


class Pages:
    """Several of simcord's pages on one world, none of which refuses a press.

    By itself simcord knows one page a world, and refuses whatever is pressed while anything else goes on, or after the
    page was brought up to date but before the browser has asked for it; what is refused can freeze the page for good.
    Here presses wait for their turn, and are taken to mean the page as it is now. There is no public way to either, so
    this class, and nothing else, reaches into simcord.
    """

    def __init__(self, env: simcord.Env, clock: RealTime) -> None:
        """No page is open yet."""
        self._env, self._clock = env, clock
        self._turn, self._changed = asyncio.Lock(), asyncio.Event()
        self._pressed: Preview | None = None
        self._stale: set[int] = set()
        self._pages: list[Preview] = []
        env.backend.subscribers.append(self._notice)

    async def open(
        self,
        stack: contextlib.AsyncExitStack,
        channel: ChannelHandle,
        viewers: list[MemberActor | UserHandle],
        port: int | None = None,
    ) -> Preview:
        """Serve a page of a channel, until the stack is left."""
        self._env._preview = None  # noqa: SLF001
        page = await stack.enter_async_context(
            self._env.preview(channel, viewers=viewers, layout="channel", port=port or None)
        )
        act = page._action  # noqa: SLF001

        async def wait_and_act(context: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
            async with self._turn:
                self._env._preview = self._pressed = page  # noqa: SLF001
                try:
                    with self._clock.standing():
                        return await act(context, self._meant(page, context, body))
                finally:
                    self._pressed = None

        page._action = wait_and_act  # type: ignore[method-assign,assignment]  # noqa: SLF001
        self._pages.append(page)
        return page

    def _meant(self, page: Preview, context: str | None, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """The press as it is meant: on the page as it is now, with the bot's typed name as a mention."""
        if not isinstance(body, dict):
            return body
        meant = {**body, "published_revision": page._get_page(context).revision}  # noqa: SLF001
        if isinstance(meant.get("content"), str):
            mention = f"<@{self._env.backend.bot_user.id}>"
            meant["content"] = re.sub(
                f"@{re.escape(self._env.backend.bot_user.name)}", mention, meant["content"], flags=re.IGNORECASE
            )
        return meant

    def _notice(self, event: str, payload: Mapping[str, Any]) -> None:
        """Remember which channels changed by themselves; the page that is pressed brings itself up to date."""
        if event in MESSAGES:
            channel = int(payload["channel_id"])
            if self._pressed is None or self._pressed.channel.id != channel:
                self._stale.add(channel)
                self._changed.set()

    async def keep_current(self) -> None:
        """Bring pages up to date with what the bot says of its own accord; runs until cancelled."""
        while True:
            await self._changed.wait()
            async with self._turn:
                self._changed.clear()
                stale, self._stale = self._stale, set()
                for page in self._pages:
                    if page.channel.id in stale:
                        with contextlib.suppress(SetupError, TimeoutError):
                            await page.refresh()

    async def wait_closed(self) -> None:
        """Return once any of the pages is closed."""
        waiting = [asyncio.ensure_future(page.wait_closed()) for page in self._pages]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)


async def _serve(manager: KnowledgeManager, port: int, open_browser: bool) -> None:
    with TemporaryDirectory(prefix="career-advisor-") as folder:
        world = World(manager, Path(folder))
        async with contextlib.AsyncExitStack() as stack:
            await world.env.start()
            stack.push_async_callback(world.env.shutdown)
            stack.enter_context(world.env.time_context())
            await stack.enter_async_context(background_tasks(world.bot))
            pages = Pages(world.env, world.clock)
            people: list[MemberActor | UserHandle] = [world.mia, world.max]
            ask = await pages.open(stack, world.ask, people, port)
            plain = await pages.open(stack, world.plain, people)
            dm = await pages.open(stack, world.mia.user.dm_channel, [world.mia.user])
            links = {"ask": ask.url, "plain": plain.url, "dm": dm.url}
            await world.welcome(links)
            Console(soft_wrap=True).print(OPEN.format_map(links), highlight=False)
            if open_browser:
                webbrowser.open(ask.url)
            current = asyncio.create_task(pages.keep_current())
            await pages.wait_closed()
            current.cancel()
