"""The real `python -m bot run`, a process of its own, on the wire-level Discord."""

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from tests.conftest import ROOT
from tests.small import write
from tests.wire.discord_server import DiscordServer

# A first start fits the shipped knowledge, which takes half a minute, on a busy machine two.
PATIENCE = 180.0
COVERAGE = {name: value for name, value in os.environ.items() if name.startswith(("COVERAGE", "COV_"))}


class Bot:
    """A bot process and what it wrote."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process, self.lines = process, []
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for line in self.process.stderr:
            self.lines.append(line.decode().rstrip())

    def said(self, part: str) -> list[str]:
        """The lines with this in them."""
        return [line for line in self.lines if part in line]

    async def says(self, part: str, times: int = 1) -> None:
        """Wait until it has said something so often."""
        async with asyncio.timeout(PATIENCE):
            while len(self.said(part)) < times:
                assert self.process.returncode is None, "\n".join(self.lines[-30:])
                await asyncio.sleep(0.02)

    async def ended(self) -> int:
        """Wait for its end; the exit code."""
        async with asyncio.timeout(PATIENCE):
            code = await self.process.wait()
            await self._reading
            return code

    async def stop(self) -> int:
        """Ask it to stop, in order."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        return await self.ended()

    @property
    def memory(self) -> float:
        """Resident memory, MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


async def launch(server: DiscordServer, folder: Path, data: Path, **settings: str) -> Bot:
    """Start a bot on a server; does not wait for it."""
    environment = {
        "PATH": os.environ["PATH"], "EMBEDDER": "none", "KNOWLEDGE_DIR": str(folder), "DATA_DIR": str(data),
        "HOME_SERVER": server.home, "COOLDOWN_QUESTIONS": "100000", **COVERAGE, **server.environment, **settings,
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment, stderr=asyncio.subprocess.PIPE
    )
    return Bot(process)


@asynccontextmanager
async def running(server: DiscordServer, folder: Path, data: Path, **settings: str):
    """A bot that is ready; at the end it stops in order."""
    bot = await launch(server, folder, data, **settings)
    try:
        await bot.says("ready as")
        yield bot
    finally:
        if bot.process.returncode is None:
            await bot.stop()


@pytest.fixture
def folder(tmp_path):
    """A small knowledge folder."""
    return write(tmp_path / "knowledge")


@pytest_asyncio.fixture
async def server():
    """A Discord."""
    async with DiscordServer() as made:
        yield made


@pytest_asyncio.fixture
async def bot(server, folder, tmp_path):
    """A bot on it."""
    async with running(server, folder, tmp_path / "data") as made:
        yield made
