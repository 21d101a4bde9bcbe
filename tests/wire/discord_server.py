"""A Discord on loopback: as much of REST and gateway v10 as a real bot process needs, and members who ask.

Speaks over real sockets. Knows nothing of the bot.
"""

import time
from typing import Any, Self

from aiohttp import web

from tests.wire.gateway import Gateway
from tests.wire.payloads import (
    APPLICATION,
    MEMBER,
    MODERATOR,
    SEND_MESSAGES,
    TOKEN,
    member_of,
    message_payload,
    user_of,
)
from tests.wire.rest import Asked, Rest

MANAGE_GUILD = str(1 << 5)


class DiscordServer(Gateway, Rest):
    """The server, on so many `guilds`, the first of them the home server; `limit`: messages a channel and second.

    `size`: how many more channels, roles and members each guild has.
    """

    def __init__(
        self, *, guilds: int = 1, size: int = 0, heartbeat: float = 41.25, shards: int = 1, limit: int = 1000
    ) -> None:
        Gateway.__init__(self, guilds, size, heartbeat)
        Rest.__init__(self, shards, limit)
        self.channel = self.channel_ids[self.home]
        self._runner: web.AppRunner | None = None

    @property
    def home(self) -> str:
        """The home server's id."""
        return self.guild_ids[0]

    @property
    def environment(self) -> dict[str, str]:
        """What leads a bot here."""
        return {
            "DISCORD_TOKEN": TOKEN,
            "DISCORD_API_URL": f"http://127.0.0.1:{self.port}/api/v10",
            "DISCORD_GATEWAY_URL": self.url,
        }

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on the port that it had, or on a free one."""
        app = web.Application(client_max_size=1 << 26)
        app.router.add_get("/gateway{tail:.*}", self.connect)
        app.router.add_route("*", "/api/v10/{path:.*}", self.respond)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Go away; sessions and the port are kept for a return."""
        for session in self.sessions.values():
            if session.socket:
                session.socket.socket._req.transport.abort()
                session.socket = None
        if self._runner:
            await self._runner.cleanup()

    async def mention(self, text: str, guild: str | None = None, user: str = MEMBER, **more: Any) -> Asked:
        """A member mentions the bot, in a message with these fields besides."""
        guild = guild or self.home
        message = message_payload(
            self.new_id(), f"<@{APPLICATION}> {text}", self.channel_ids[guild], user_of(user, "mia")
        )
        message |= {"guild_id": guild, "mentions": [user_of(APPLICATION, "advisor", bot=True)]}
        message |= {"member": member_of(), **more}
        asked = self.asked[message["id"]] = Asked(message["id"], time.perf_counter())
        await self.session_of(guild).dispatch("MESSAGE_CREATE", message)
        return asked

    async def interact(self, kind: int, data: dict[str, Any], **more: Any) -> Asked:
        """An interaction of a member: 2 a command, 3 a press, 4 autocompletion, 5 a form."""
        guild, user = more.pop("guild", self.home), more.pop("user", MEMBER)
        number = self.new_id()
        permissions = str(int(SEND_MESSAGES) | int(MANAGE_GUILD)) if user == MODERATOR else SEND_MESSAGES
        payload = {
            "id": number, "application_id": APPLICATION, "type": kind, "token": f"token-{number}", "version": 1,
            "guild_id": guild, "channel_id": self.channel_ids[guild], "data": data, "locale": "en-US", "context": 0,
            "channel": {"id": self.channel_ids[guild], "type": 0, "name": "general"}, "entitlements": [],
            "member": {**member_of(), "user": user_of(user, "mia"), "permissions": permissions},
            "app_permissions": str(int(SEND_MESSAGES) | 1 << 15),
            "guild": {"id": guild, "features": [], "locale": "en-US"},
            "authorizing_integration_owners": {"0": guild}, "attachment_size_limit": 10485760, **more,
        }  # fmt: skip
        asked = self.asked[number] = Asked(number, time.perf_counter())
        await self.session_of(guild).dispatch("INTERACTION_CREATE", payload)
        return asked

    async def slash(self, name: str, options: dict[str, Any] | None = None, **more: Any) -> Asked:
        """A member's command, or one of a group."""
        given: list[dict[str, Any]] = [{"name": k, "type": 3, "value": value} for k, value in (options or {}).items()]
        name, _, sub = name.partition(" ")
        if sub:
            given = [{"name": sub, "type": 1, "options": given}]
        guild = more.get("guild", self.home)
        is_local = any(command["name"] == name for command in self.commands.get(f"guilds/{guild}", ()))
        where = {"guild_id": guild} if is_local else {}
        return await self.interact(2, {"id": "1", "name": name, "type": 1, "options": given, **where}, **more)

    async def press(self, message: dict[str, Any], custom_id: str, **more: Any) -> Asked:
        """A press on a button of a message."""
        return await self.interact(3, {"custom_id": custom_id, "component_type": 2}, message=message, **more)
