"""A Discord on loopback: as much of REST and gateway v10 as a real bot process needs, with faults on demand.

Speaks over real sockets, enforces the 3-second deadline and the once-only callback, and keeps every request, so that
tests can hold them against Discord's own description. Knows nothing of the bot.
"""

import asyncio
import json
import time
import zlib
from collections import defaultdict, deque
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import aiohttp
from aiohttp import WSMsgType, web

try:
    import zstandard
except ImportError:
    zstandard = None

from tests.wire.payloads import (
    APPLICATION,
    MEMBER,
    MODERATOR,
    SEND_MESSAGES,
    application_payload,
    guild_payload,
    member_of,
    message_payload,
    user_of,
)

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.wire.test-token"
DEADLINE_SECONDS = 3.0
EPHEMERAL = 64
MANAGE_GUILD = str(1 << 5)


@dataclass
class Request:
    """A request of the bot: method, path without the version, and its JSON body."""

    method: str
    path: str
    body: Any


@dataclass
class Asked:
    """An interaction or a message of a member, and what the bot made of it."""

    id: str
    since: float
    answers: list[Any] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def answer(self, body: Any) -> None:
        """Note an answer."""
        self.seconds.append(time.perf_counter() - self.since)
        self.answers.append(body)
        self.done.set()


class Session:
    """A gateway session: it outlives its connection, and keeps what was sent, to be replayed."""

    def __init__(self, number: int, shard: tuple[int, int]) -> None:
        self.id, self.shard = f"session-{number}", shard
        self.sequence = 0
        self.sent: deque[dict[str, Any]] = deque(maxlen=1000)
        self.socket: Connection | None = None

    async def dispatch(self, event: str, data: Any) -> None:
        """Send an event, or keep it for the resume."""
        self.sequence += 1
        payload = {"op": 0, "t": event, "s": self.sequence, "d": data}
        self.sent.append(payload)
        if self.socket:
            await self.socket.send(payload)


class Connection:
    """A gateway connection, compressed as the client wishes."""

    def __init__(self, socket: web.WebSocketResponse, compress: str) -> None:
        self.socket = socket
        self.beats = True
        self._zlib = zlib.compressobj() if compress == "zlib-stream" else None
        self._zstd = zstandard.ZstdCompressor().compressobj() if compress == "zstd-stream" else None

    async def send(self, payload: dict[str, Any]) -> None:
        """Send a payload; to a connection that is gone, nothing."""
        raw = json.dumps(payload).encode()
        try:
            if self._zlib:
                await self.socket.send_bytes(self._zlib.compress(raw) + self._zlib.flush(zlib.Z_SYNC_FLUSH))
            elif self._zstd:
                flush = zstandard.COMPRESSOBJ_FLUSH_BLOCK
                await self.socket.send_bytes(self._zstd.compress(raw) + self._zstd.flush(flush))
            else:
                await self.socket.send_str(raw.decode())
        except (ConnectionError, aiohttp.ClientError, RuntimeError):
            return


@dataclass
class Fault:
    """What happens to the next requests of a kind: a status with a body, a hang, or a cut socket.

    With `takes`, Discord does what is asked, though the bot does not hear of it.
    """

    method: str
    part: str
    times: int
    status: int = 0
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    hang: float = 0
    cut: bool = False
    takes: bool = False


class DiscordServer:
    """The server, on so many `guilds`, the first of them the home server; `limit`: messages a channel and second.

    `size`: how many more channels, roles and members each guild has.
    """

    def __init__(
        self, *, guilds: int = 1, size: int = 0, heartbeat: float = 41.25, shards: int = 1, limit: int = 1000
    ) -> None:
        self.ids = count(10**18)
        self.heartbeat, self.shards, self.size = heartbeat, shards, size
        self.limit = limit
        self._windows: dict[str, tuple[float, int]] = {}
        self.guild_ids = [str(300000000000000000 + (number << 22)) for number in range(guilds)]
        self.channel_ids = {guild: str(int(guild) + 1) for guild in self.guild_ids}
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.sessions: dict[str, Session] = {}
        self.messages: dict[str, dict[str, Any]] = {}
        self.asked: dict[str, Asked] = {}
        self.commands: dict[str, list[dict[str, Any]]] = {}
        self.identified, self.resumed, self.refused = 0, 0, 0
        self.compressions: list[str] = []
        self.close_next: int | None = None
        self.ready = asyncio.Event()
        self._nonces: dict[str | None, dict[str, Any]] = {}
        self._seen: dict[str, int] = defaultdict(int)
        self._runner: web.AppRunner | None = None
        self.port = 0

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
            "DISCORD_GATEWAY_URL": f"ws://127.0.0.1:{self.port}/gateway",
        }

    async def start(self) -> None:
        """Listen on the port that it had, or on a free one."""
        app = web.Application(client_max_size=1 << 26)
        app.router.add_get("/gateway{tail:.*}", self._gateway)
        app.router.add_route("*", "/api/v10/{path:.*}", self._rest)
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

    # Gateway

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        self.compressions.append(request.query.get("compress", ""))
        connection = Connection(socket, self.compressions[-1])
        session = None
        await connection.send({"op": 10, "d": {"heartbeat_interval": self.heartbeat * 1000}})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            payload = json.loads(message.data)
            if payload["op"] == 1 and connection.beats:
                await connection.send({"op": 11, "d": None})
            elif payload["op"] == 2:
                session = await self._identify(connection, payload["d"])
            elif payload["op"] == 6:
                session = await self._resume(connection, payload["d"])
        if session and session.socket is connection:
            session.socket = None
        return socket

    async def _identify(self, connection: Connection, data: dict[str, Any]) -> Session | None:
        if self.close_next is not None or data["token"] != TOKEN:
            await connection.socket.close(code=self.close_next or 4004)
            return None
        self.identified += 1
        shard = tuple(data.get("shard", (0, 1)))
        self.sessions = {key: s for key, s in self.sessions.items() if s.shard != shard}
        session = Session(self.identified, shard)
        self.sessions[session.id] = session
        session.socket = connection
        guilds = [g for g in self.guild_ids if (int(g) >> 22) % shard[1] == shard[0]]
        ready = {
            "v": 10,
            "user": user_of(APPLICATION, "advisor", bot=True),
            "guilds": [{"id": guild, "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway",
            "application": {"id": APPLICATION, "flags": 0},
            "shard": list(shard),
        }
        await session.dispatch("READY", ready)
        for guild in guilds:
            await session.dispatch("GUILD_CREATE", guild_payload(guild, self.channel_ids[guild], self.size))
        self.ready.set()
        return session

    async def _resume(self, connection: Connection, data: dict[str, Any]) -> Session | None:
        session = self.sessions.get(data["session_id"])
        if session is None:
            await connection.send({"op": 9, "d": False})
            return None
        self.resumed += 1
        for payload in [p for p in session.sent if p["s"] > data["seq"]]:
            await connection.send(payload)
        session.socket = connection
        await session.dispatch("RESUMED", {})
        return session

    def session_of(self, guild: str) -> Session:
        """The latest session of the shard that a server is on."""
        return next(s for s in self.sessions.values() if (int(guild) >> 22) % s.shard[1] == s.shard[0])

    # Faults

    def fail(self, method: str, part: str, **what: Any) -> Fault:
        """The next requests of a kind fail, once unless told otherwise."""
        fault = Fault(method, part, **{"times": 1, **what})
        self.faults.append(fault)
        return fault

    def hold(self, method: str, part: str, seconds: float) -> Fault:
        """The next request of a kind is answered late."""
        return self.fail(method, part, hang=seconds)

    async def requested(self, part: str, times: int = 1) -> None:
        """Wait until so many requests of a kind have come in."""
        async with asyncio.timeout(20):
            while sum(part in request.path for request in self.requests) < times:
                await asyncio.sleep(0.01)

    # Members

    def new_id(self) -> str:
        """A fresh snowflake."""
        return str(next(self.ids))

    async def mention(self, text: str, guild: str | None = None, user: str = MEMBER) -> Asked:
        """A member mentions the bot."""
        guild = guild or self.home
        message = message_payload(
            self.new_id(), f"<@{APPLICATION}> {text}", self.channel_ids[guild], user_of(user, "mia")
        )
        message |= {"guild_id": guild, "mentions": [user_of(APPLICATION, "advisor", bot=True)]}
        message["member"] = member_of()
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

    # REST

    async def _rest(self, request: web.Request) -> web.StreamResponse:
        path = "/" + request.match_info["path"]
        body = await _body(request)
        self.requests.append(Request(request.method, path, body))
        limited, headers = self._limited(path)
        answer = limited or await self._fault(request, path, body) or self._answer(request, path, body)
        answer.headers.update(headers)
        return answer

    def _limited(self, path: str) -> tuple[web.Response | None, dict[str, str]]:
        """The rate limit of a channel's messages: its headers, and a refusal for who does not heed them."""
        if not path.endswith("/messages"):
            return None, {}
        now = time.monotonic()
        start, used = self._windows.get(path, (now, 0))
        if now - start >= 1:
            start, used = now, 0
        self._windows[path] = start, used + 1
        left, reset = self.limit - used - 1, start + 1 - now
        headers = {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(max(0, left)),
            "X-RateLimit-Reset-After": f"{reset:.3f}",
            "X-RateLimit-Reset": f"{time.time() + reset:.3f}",
            "X-RateLimit-Bucket": "messages",
        }
        if left >= 0:
            return None, headers
        self.refused += 1
        body = {"message": "You are being rate limited.", "retry_after": reset, "global": False}
        return _json(body, 429, {"Via": "1.1 test", "Retry-After": "1", "X-RateLimit-Scope": "user"}), headers

    async def _fault(self, request: web.Request, path: str, body: Any) -> web.Response | None:
        """The answer of a fault that is meant for this request."""
        fault = next((f for f in self.faults if f.times and f.method == request.method and f.part in path), None)
        if fault:
            fault.times -= 1
            await asyncio.sleep(fault.hang)
            if fault.takes:
                self._answer(request, path, body)
            if fault.cut:
                request.transport.abort()
                return web.Response()
            if fault.status:
                return _json(fault.body or {"message": "fault", "code": 0}, fault.status, fault.headers)
        return None

    def _answer(self, request: web.Request, path: str, body: Any) -> web.Response:  # noqa: PLR0911 - a table of routes
        if request.headers.get("Authorization", f"Bot {TOKEN}") != f"Bot {TOKEN}":
            return _json({"message": "401: Unauthorized", "code": 0}, 401)
        match path.strip("/").split("/"):
            case ["users", "@me"]:
                return _json(user_of(APPLICATION, "advisor", bot=True))
            case ["oauth2", "applications", "@me"]:
                return _json(application_payload())
            case ["gateway", "bot"]:
                limit = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}
                url = f"ws://127.0.0.1:{self.port}/gateway"
                return _json({"url": url, "shards": self.shards, "session_start_limit": limit})
            case ["applications", _, *where, "commands"]:
                self.commands["/".join(where)] = body
                known = {"application_id": APPLICATION, "version": "1", "description": ""}
                return _json([{**known, **command, "id": self.new_id()} for command in body])
            case ["users", "@me", "channels"]:
                return _json({"id": self.new_id(), "type": 1, "recipients": [user_of(body["recipient_id"], "mia")]})
            case ["channels", channel, "messages"]:
                return self._sent(channel, body)
            case ["interactions", number, _, "callback"]:
                return self._callback(number, body)
            case ["webhooks", _, token, *rest]:
                return self._webhook(request.method, token.removeprefix("token-"), rest, body)
        return _json({"message": f"not modelled: {request.method} {path}", "code": 0}, 404)

    def _sent(self, channel: str, body: dict[str, Any]) -> web.Response:
        nonce = body.get("nonce")
        if body.get("enforce_nonce") and nonce in self._nonces:
            return _json(self._nonces[nonce])
        message = self._nonces[nonce] = self._made(channel, body)
        to = str((body.get("message_reference") or {}).get("message_id"))
        if to in self.asked:
            self.asked[to].answer(message)
        return _json(message)

    def _made(self, channel: str, body: dict[str, Any]) -> dict[str, Any]:
        message = message_payload(
            self.new_id(), body.get("content") or "", channel, user_of(APPLICATION, "advisor", bot=True)
        )
        message |= {"components": body.get("components") or [], "flags": body.get("flags") or 0}
        self.messages[message["id"]] = message
        return message

    def _callback(self, number: str, body: dict[str, Any]) -> web.Response:
        """The first response: in time, and once."""
        asked = self.asked.get(number)
        if asked is None or time.perf_counter() - asked.since > DEADLINE_SECONDS:
            return _json({"message": "Unknown interaction", "code": 10062}, 404)
        self._seen[number] += 1
        if self._seen[number] > 1:
            return _json({"message": "Interaction has already been acknowledged.", "code": 40060}, 400)
        data = body.get("data") or {}
        message = self._made(self.channel_ids[self.home], data)
        asked.answer({**message, "callback": body})
        resource = {"type": body["type"], "message": message}
        return _json(
            {"interaction": {"id": number, "type": 2, "response_message_id": message["id"]}, "resource": resource}
        )

    def _webhook(self, method: str, number: str, rest: list[str], body: Any) -> web.Response:
        if method == "DELETE":
            return web.Response(status=204)
        message = self._made(self.channel_ids[self.home], body or {})
        if number in self.asked and body:
            self.asked[number].answer({**message, "webhook": "/".join(rest)})
        return _json(message)


async def _body(request: web.Request) -> Any:
    if request.content_type == "multipart/form-data":
        form = await request.post()
        return json.loads(form["payload_json"])
    raw = await request.read()
    return json.loads(raw) if raw else None


def _json(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # discord.py reads JSON only where the content type is this, without a charset.
    made = web.Response(body=json.dumps(body).encode(), status=status, headers=headers)
    made.headers["Content-Type"] = "application/json"
    return made
