"""The REST of the Discord on loopback: routes, faults on demand, rate limits, the deadline and the once-only callback.

Keeps every request, so that tests can hold them against Discord's own description. Knows no gateway.
"""

import asyncio
import json
import time
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import web

from tests.wire.payloads import APPLICATION, TOKEN, application_payload, message_payload, user_of

DEADLINE_SECONDS = 3.0


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


class Rest:
    """The routes; `shards`: how many it advises; `limit`: messages a channel and second."""

    def __init__(self, shards: int, limit: int) -> None:
        self.ids = count(10**18)
        self.shards, self.limit, self.refused = shards, limit, 0
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.messages: dict[str, dict[str, Any]] = {}
        self.asked: dict[str, Asked] = {}
        self.commands: dict[str, list[dict[str, Any]]] = {}
        self._windows: dict[str, tuple[float, int]] = {}
        self._nonces: dict[str | None, dict[str, Any]] = {}
        self._seen: dict[str, int] = defaultdict(int)

    # The gateway's address, and the channel in which an interaction is answered.
    url: str
    channel: str

    def new_id(self) -> str:
        """A fresh snowflake."""
        return str(next(self.ids))

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

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """The response to any request."""
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
                return _json({"url": self.url, "shards": self.shards, "session_start_limit": limit})
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
        # The bot's nonces are the ids of what it answers, also where it may not refer to it.
        to = str((body.get("message_reference") or {}).get("message_id", nonce))
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
        message = self._made(self.channel, data)
        asked.answer({**message, "callback": body})
        resource = {"type": body["type"], "message": message}
        return _json(
            {"interaction": {"id": number, "type": 2, "response_message_id": message["id"]}, "resource": resource}
        )

    def _webhook(self, method: str, number: str, rest: list[str], body: Any) -> web.Response:
        if method == "DELETE":
            return web.Response(status=204)
        message = self._made(self.channel, body or {})
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
