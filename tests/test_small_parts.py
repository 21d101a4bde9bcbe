"""Settings, logs, waits: the parts that a line or two says it all of."""

import asyncio
import logging
from types import SimpleNamespace

import pytest
from pydantic import ValidationError

from bot import logs
from bot.discord_waits import Backoff, Ratelimit
from bot.settings import Settings


@pytest.fixture
def environment(monkeypatch, tmp_path):
    """An environment of a test's own."""
    monkeypatch.chdir(tmp_path)
    return monkeypatch.setenv


def test_settings_come_from_the_environment(environment, tmp_path):
    """Lists are comma-separated; the token may lie in a file, which wins."""
    environment("ASK_CHANNELS", "1, 2,")
    environment("DISCORD_TOKEN", "plain")
    settings = Settings()
    assert settings.ask_channels == {1, 2}
    assert settings.token() == "plain"
    assert "plain" not in repr(settings)
    (tmp_path / "token").write_text("from file\n")
    environment("DISCORD_TOKEN_FILE", str(tmp_path / "token"))
    assert Settings().token() == "from file"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_token_file_is_read_however_an_editor_wrote_it(tmp_path, encoding):
    """PowerShell writes UTF-16, Notepad a byte order mark."""
    path = tmp_path / "token.txt"
    path.write_text("from-file\r\n", encoding=encoding)
    assert Settings(discord_token_file=path).token() == "from-file"


@pytest.mark.parametrize("password", ["p%40ss", "p[ss", "p@ss"])
def test_a_databases_password_is_hidden_whatever_signs_it_has(password):
    """Also one that makes no proper address."""
    hidden = Settings(database_url=f"postgresql://u:{password}@h/d").hidden()
    assert any(text and text in password for text in hidden)


def test_settings_are_checked_and_frozen(environment):
    """A wrong setting is refused, a right one never changes."""
    assert Settings().token() is None
    with pytest.raises(ValidationError):
        Settings().cooldown_seconds = 5
    environment("ASK_CHANNELS", "general")
    with pytest.raises(ValidationError):
        Settings()


def test_secrets_never_reach_the_log(capsys):
    """Not in a message, its arguments or a traceback."""
    root, level = list(logging.getLogger().handlers), logging.getLogger().level
    try:
        logs.set_up("INFO", "human", ("hunter2", ""))
        logging.getLogger("x").info("token %s", "hunter2")
        try:
            raise ValueError("hunter2")  # noqa: TRY301 - the traceback is the point
        except ValueError:
            logging.getLogger("x").warning("failed", exc_info=True)
    finally:
        logging.getLogger().handlers[:] = root
        logging.getLogger().setLevel(level)
    logged = capsys.readouterr().err
    assert "hunter2" not in logged
    assert logged.count("[secret]") == 3  # the message, and the traceback's code and error


def test_after_the_longest_outage_it_is_back_within_a_minute():
    """discord.py by itself would wait up to 17 minutes between two tries."""
    backoff = Backoff()
    waits = [backoff.delay() for _ in range(50)]
    assert 50 < max(waits) <= 60
    assert len(set(waits[:4])) == 4


def answer(left, seconds):
    """The headers of one of five messages that a channel takes in a window."""
    headers = {"X-Ratelimit-Limit": "5", "X-Ratelimit-Remaining": str(left), "X-Ratelimit-Reset-After": str(seconds)}
    return SimpleNamespace(headers=headers)


@pytest.mark.asyncio
async def test_what_is_on_its_way_counts_against_a_rate_limit():
    """The first answer says that four are left, though four more were sent meanwhile: none is."""
    limit = Ratelimit(None)
    async with limit:
        limit.update(answer(left=4, seconds=30))
    limit.reset()
    for _ in range(5):
        await asyncio.wait_for(limit.acquire(), 1)
    limit.update(answer(left=4, seconds=30))
    assert limit.remaining == 0


@pytest.mark.asyncio
async def test_a_window_begins_once():
    """Who slept until one ended finds the next one begun by others, and waits for its end."""
    limit = Ratelimit(None)
    await limit.acquire()
    limit.update(answer(left=0, seconds=0.01))
    sleeper = asyncio.create_task(limit._refresh())
    await asyncio.sleep(0)
    limit.update(answer(left=0, seconds=30))
    done, _ = await asyncio.wait([sleeper], timeout=0.1)
    sleeper.cancel()
    assert (done, limit.remaining) == (set(), 0)
