"""Conversations, cooldown, settings, logs, charts: the parts that a line or two says it all of."""

import logging

import pytest
from pydantic import ValidationError

from bot import logs
from bot.charts.pay import pay_bars, pay_chart
from bot.dialogue.records import Conversation
from bot.exts.answers.conversations import MAX_CONVERSATIONS, Conversations
from bot.exts.answers.cooldown import PRUNE_AT, Cooldown
from bot.settings import Settings


class Clock:
    """A clock that a test turns."""

    now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def test_conversations_are_forgotten_after_their_time():
    """Fifteen minutes later a question stands alone again."""
    clock = Clock()
    kept = Conversations(900, clock)
    kept.put("key", Conversation(entries=("a",)))
    assert kept.get("key").entries == ("a",)
    clock.now = 900
    assert kept.get("key") == Conversation() == kept.get("other")


def test_conversations_are_bounded():
    """The longest silent one goes first."""
    kept = Conversations(900, Clock())
    for number in range(MAX_CONVERSATIONS + 5):
        kept.put(number, Conversation(entries=(str(number),)))
    assert len(kept) == MAX_CONVERSATIONS
    assert kept.get(0) == Conversation()
    assert kept.get(5).entries == ("5",)


def test_the_cooldown_counts_each_member_alone():
    """Two questions in ten seconds; the third waits, and is told so once."""
    clock = Clock()
    cooldown = Cooldown(2, 10, clock)
    assert [cooldown.wait(1) for _ in range(4)] == [(0, False), (0, False), (10, True), (10, False)]
    assert cooldown.wait(2) == (0, False)
    clock.now = 9.5
    assert cooldown.wait(1) == (1, False)
    clock.now = 10
    assert cooldown.wait(1) == (0, False)


def test_the_cooldown_forgets_members():
    """Memory does not grow with the number of members who ever asked."""
    clock = Clock()
    cooldown = Cooldown(1, 10, clock)
    for member in range(PRUNE_AT):
        cooldown.wait(member)
    clock.now = 20
    cooldown.wait(PRUNE_AT)
    assert len(cooldown._asked) == 1


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


def test_the_chart_reads_its_figures_from_the_entries(knowledge):
    """Every yearly range of a role and level is a bar; the words say the same for screen readers."""
    bars = pay_bars(knowledge)
    assert [(b.low, b.high, b.and_above) for b in bars if b.group == "AI engineer"] == [
        (90, 130, False),
        (130, 175, False),
        (200, 350, True),
    ]
    chart = pay_chart(bars)
    assert chart.png.startswith(b"\x89PNG")
    assert "Prompt engineer, Senior: $160k to $220k or more" in chart.description
    assert len(chart.description) <= 1024
    assert pay_chart(bars) is chart
