"""The gateway of the Discord on loopback: sessions, heartbeats, shards, compressed streams, resumes. Knows no REST."""

import asyncio
import json
import zlib
from collections import deque
from typing import Any

import aiohttp
from aiohttp import WSMsgType, web

try:
    import zstandard
except ImportError:
    zstandard = None

from tests.wire.payloads import APPLICATION, TOKEN, guild_payload, user_of


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
    """A gateway connection, compressed as the client clusters."""

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


class Gateway:
    """The gateway for so many guilds; `size`: how many more channels, roles and members each has."""

    def __init__(self, guilds: int, size: int, heartbeat: float) -> None:
        self.heartbeat, self.size = heartbeat, size
        self.guild_ids = [str(300000000000000000 + (number << 22)) for number in range(guilds)]
        self.channel_ids = {guild: str(int(guild) + 1) for guild in self.guild_ids}
        self.sessions: dict[str, Session] = {}
        self.identified, self.resumed = 0, 0
        self.compressions: list[str] = []
        self.close_next: int | None = None
        self.ready = asyncio.Event()
        self.port = 0

    @property
    def url(self) -> str:
        """Where it is."""
        return f"ws://127.0.0.1:{self.port}/gateway"

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """A connection, until it is closed."""
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
            "resume_gateway_url": self.url,
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
