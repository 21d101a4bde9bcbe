"""A small HTTP server for operators: `/healthz` (it lives), `/readyz` (it is on Discord), `/metrics`. Off by default.

`python -m bot.health_server` asks `/healthz` of the bot on this machine, for Docker's health check.
"""

import logging
import sys
import urllib.request
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.metrics import Metrics
from bot.settings import Settings

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 5.0
# What is opened on every address is asked on this machine's own.
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - nothing is opened here


@dataclass
class State:
    """What the server tells: the metrics, whether the bot is ready, and which work beside it fails just now."""

    metrics: Metrics
    is_ready: Callable[[], bool] = lambda: False
    failing: Collection[str] = ()


@asynccontextmanager
async def serving(settings: Settings, state: State) -> AsyncIterator[None]:
    """Serve for as long as this lasts, where a port is set. Raises OSError when it is taken."""
    if settings.http_port is None:
        yield
        return

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def readyz(_: web.Request) -> web.Response:
        ready = state.is_ready()
        lines = ["ready" if ready else "not connected to Discord", *(f"failing: {task}" for task in state.failing)]
        return web.Response(text="".join(f"{line}\n" for line in lines), status=200 if ready else 503)

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=state.metrics.text(), headers={"Content-Type": "text/plain; version=0.0.4"})

    app: Any = web.Application()
    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.http_host, settings.http_port).start()
        log.info("health and metrics on %s", ", ".join(f"{host}:{port}" for host, port, *_ in runner.addresses))
        yield
    finally:
        await runner.cleanup()


def main() -> None:
    """Ask, and end with 0 or, where nobody answers, 1."""
    settings = Settings()
    host = EVERYWHERE.get(settings.http_host, settings.http_host)
    address = f"http://{f'[{host}]' if ':' in host else host}:{settings.http_port}/healthz"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy doesn't lead to this machine
    try:
        with opener.open(address, timeout=TIMEOUT_SECONDS) as answer:
            sys.exit(0 if answer.status == web.HTTPOk.status_code else 1)
    except OSError as error:
        sys.exit(f"the bot does not answer: {error}")


if __name__ == "__main__":
    main()
