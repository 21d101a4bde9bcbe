"""The operator's program after an edit: whatever it does, the bot goes on."""

import pytest

from bot.curation import edit_hook
from bot.curation.edit_hook import run_hook
from bot.journal.history import Edit

pytestmark = pytest.mark.asyncio
EDIT = Edit("taught", "answers/work.yaml", b"old", b"new")


@pytest.fixture
def hook(tmp_path):
    """Makes a program of a line of shell."""

    def make(line):
        path = tmp_path / "hook"
        path.write_text(f"#!/bin/sh\n{line}\n")
        path.chmod(0o755)
        return path

    return make


async def test_one_that_hangs_is_ended(hook, tmp_path, monkeypatch, caplog):
    """Nothing waits for ever."""
    monkeypatch.setattr(edit_hook, "SECONDS", 0.05)
    await run_hook(hook("exec tail -f /dev/null"), tmp_path, EDIT, 42)
    assert "was ended" in caplog.text


async def test_one_that_is_not_there_is_a_line_in_the_log(tmp_path, caplog):
    """The edit is saved all the same."""
    await run_hook(tmp_path / "gone", tmp_path, EDIT, 42)
    assert "EDIT_HOOK could not be run" in caplog.text


async def test_it_is_told_file_moderator_and_what(hook, tmp_path, caplog):
    """In the knowledge folder."""
    await run_hook(hook('printf "%s|%s|%s" "$1" "$2" "$3" > told'), tmp_path, EDIT, 42)
    assert (tmp_path / "told").read_text() == "answers/work.yaml|42|taught"
    assert "EDIT_HOOK" not in caplog.text
