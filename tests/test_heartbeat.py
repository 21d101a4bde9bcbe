"""The sign of life for health checks."""

import time

from bot.heartbeat import OLD_SECONDS, beat_once, complaint


def test_a_living_bot_beats_and_a_dead_one_does_not(tmp_path):
    """The file is touched only while the bot says that it is alive."""
    file = tmp_path / "heartbeat"
    beat_once(lambda: False, file)
    assert not file.exists()
    beat_once(lambda: True, file)
    assert file.exists()


def test_no_beat_and_an_old_beat_are_complained_of(tmp_path):
    """Docker's health check fails with a reason."""
    file = tmp_path / "heartbeat"
    assert complaint(time.time(), file) == "no heartbeat yet"
    file.touch()
    assert complaint(file.stat().st_mtime, file) is None
    assert "s old" in complaint(file.stat().st_mtime + OLD_SECONDS + 1, file)
