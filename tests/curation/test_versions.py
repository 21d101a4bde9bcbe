"""A start with broken files serves the last good version, and says so; every version that was in use is kept."""

import datetime as dt

import pytest
import pytest_asyncio

from bot.curation import manager as manager_module
from bot.curation.manager import KnowledgeManager, Reloaded
from bot.curation.versions import KEPT, KnowledgeVersions
from bot.dialogue.advisor import Advisor
from bot.journal.history import History
from bot.journal.store import Store, url_of
from bot.knowledge.problems import KnowledgeError
from tests.small import EDITED, ENTRIES, FILE

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def history(tmp_path):
    """A journal's history."""
    store = Store(url_of(tmp_path / "data", None), b"key", lambda: dt.datetime.now(dt.UTC))
    yield History(store)
    await store.close()


@pytest.fixture
def start(folder, tmp_path, monkeypatch):
    """Starts the manager, with versions kept beside."""
    monkeypatch.setattr(manager_module, "QUIET_SECONDS", 0)
    return lambda: KnowledgeManager(folder, Advisor, versions=KnowledgeVersions(tmp_path / "versions"))


async def test_a_start_with_broken_files_serves_the_last_good_version(start, folder, history, expected_errors):
    """Edits by hand included; moderators are told at the first look at the folder, and it is over once it is fixed."""
    expected_errors += ["is broken", "answers/work.yaml"]
    manager = start()
    (folder / FILE).write_text(EDITED)
    assert await manager.reload(history) is Reloaded.LOADED
    (folder / FILE).write_text("- id: [")
    again = start()
    assert "wages of bakers" in again.advisor.knowledge.entries["baker.pay"].ask
    assert [problem.file for problem in again.problems] == [FILE]
    assert await again.reload(history) is Reloaded.BROKEN
    assert await again.reload(history) is Reloaded.STILL_BROKEN
    (folder / FILE).write_text(ENTRIES)
    assert await again.reload(history) is Reloaded.FIXED
    assert again.problems == ()


async def test_a_first_start_with_broken_files_stops(start, folder):
    """There is nothing that could be served."""
    (folder / FILE).write_text("- id: [")
    with pytest.raises(KnowledgeError):
        start()


async def test_a_damaged_archive_is_passed_over(start, folder, tmp_path, expected_errors):
    """The one before is served."""
    expected_errors += ["is broken", "answers/work.yaml"]
    start()
    (tmp_path / "versions" / "zzz.zip").write_bytes(b"half an archi")
    (folder / FILE).write_text("- id: [")
    assert "baker.pay" in start().advisor.knowledge.entries


async def test_so_many_versions_are_kept(tmp_path):
    """Of many edits, the last ones; one that is used again counts as new."""
    versions = KnowledgeVersions(tmp_path / "versions")
    for number in range(KEPT + 3):
        versions.keep(f"v{number}", {"a.yaml": str(number).encode()})
    assert len(list(versions.folder.iterdir())) == KEPT
    assert versions.last() == {"a.yaml": str(KEPT + 2).encode()}
    versions.keep("v5", {})
    assert versions.last() == {"a.yaml": b"5"}


async def test_a_folder_that_can_not_be_written_to_only_costs_the_copy(folder, tmp_path, caplog):
    """The bot runs on, and the log says so."""
    (tmp_path / "file").write_text("")
    KnowledgeManager(folder, Advisor, versions=KnowledgeVersions(tmp_path / "file"))
    assert "can't be kept for a later start" in caplog.text


async def test_checks_are_asked_at_every_load(start, folder, history):
    """From files too: an edit by hand that takes a question's answer away is told."""
    manager = start()
    assert manager.failed_checks == ()
    (folder / "checks.yaml").write_text("- question: when do bakers work\n  expect: [cook.pay]\n")
    assert await manager.reload(history) is Reloaded.LOADED
    (failed,) = manager.failed_checks
    assert (failed.labelled.question, failed.given) == ("when do bakers work", "baker.hours")
