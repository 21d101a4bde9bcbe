"""Watching the folder: every way in which editors and systems change files is noticed, on a real file system."""

import asyncio
import shutil

import pytest

from bot.curation import watching

pytestmark = pytest.mark.asyncio


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a file in it."""
    monkeypatch.setattr(watching, "RETRY_SECONDS", 0.05)
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "a.yaml").write_text("one")
    return folder


def save(folder):
    """In place."""
    (folder / "a.yaml").write_text("two")


def rename(folder):
    """As editors do: a new file takes the name of the old one."""
    (folder / "a.tmp").write_text("two")
    (folder / "a.tmp").replace(folder / "a.yaml")


def remove(folder):
    """Gone."""
    save(folder)
    (folder / "a.yaml").unlink()


def replace_folder(folder):
    """The whole folder is another."""
    shutil.rmtree(folder.with_name("old"), ignore_errors=True)
    shutil.move(folder, folder.with_name("old"))
    folder.mkdir()
    save(folder)


def storm(folder):
    """A hundred saves at once."""
    for number in range(100):
        (folder / "a.yaml").write_text(str(number))


async def noticed_soon(noticed, change, folder):
    """Make a change again and again until it is noticed; fails after twenty seconds."""
    waiting = asyncio.ensure_future(anext(noticed))
    async with asyncio.timeout(20):
        while not waiting.done():
            change(folder)
            await asyncio.wait({waiting}, timeout=0.2)
    return waiting.done()


@pytest.mark.parametrize("change", [save, rename, remove, replace_folder, storm])
async def test_changes_are_noticed(folder, change, monkeypatch):
    """Long before the next look by the clock; and so is the next change after it."""
    monkeypatch.setattr(watching, "LOOK_SECONDS", 60)
    noticed = watching.changes(folder)
    for step in (change, save, save):
        assert await noticed_soon(noticed, step, folder)
    await noticed.aclose()


async def test_it_looks_again_where_nothing_tells(folder, monkeypatch):
    """By the clock, for file systems that tell nothing."""
    monkeypatch.setattr(watching, "LOOK_SECONDS", 0.05)
    noticed = watching.changes(folder)
    looks = [await asyncio.wait_for(anext(noticed), 20) for _ in range(2)]
    assert len(looks) == 2
    await noticed.aclose()


async def test_a_missing_folder_is_waited_for(folder, monkeypatch):
    """While there is none it asks to look, and it notices when it comes."""
    shutil.rmtree(folder)
    monkeypatch.setattr(watching, "LOOK_SECONDS", 60)
    noticed = watching.changes(folder)
    await asyncio.wait_for(anext(noticed), 20)
    folder.mkdir()
    for _ in range(2):
        assert await noticed_soon(noticed, save, folder)
    await noticed.aclose()
