"""The manager: live reload, proposals, edits; bad knowledge never replaces good."""

import asyncio
import datetime as dt
import re
import shutil
from pathlib import Path

import pytest
import pytest_asyncio

from bot.curation import edits
from bot.curation import manager as manager_module
from bot.curation.manager import KnowledgeManager, Reloaded
from bot.dialogue.advisor import Advisor
from bot.journal.history import Edit, History
from bot.journal.store import Store, url_of
from bot.knowledge.loader import load, read_folder
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.writing import EditError
from tests.small import EDITED, ENTRIES, FILE, QUIZ, write

pytestmark = pytest.mark.asyncio
NAMES_PAY = "- {id: more, title: More, answer: More., ask: [what is more], related: [baker.pay], source: [1]}\n"


@pytest.fixture
def manager(folder, monkeypatch):
    """A manager of it, in a hurry."""
    monkeypatch.setattr(manager_module, "QUIET_SECONDS", 0)
    return KnowledgeManager(folder, Advisor)


@pytest_asyncio.fixture
async def history(tmp_path):
    """A journal's history."""
    store = Store(url_of(tmp_path / "data", None), b"key", lambda: dt.datetime.now(dt.UTC))
    yield History(store)
    await store.close()


async def test_an_edit_by_hand_is_used_and_kept(manager, folder, history):
    """The new version answers; the history knows what a hand has changed."""
    old = manager.advisor
    (folder / FILE).write_text(EDITED)
    assert await manager.reload(history) is Reloaded.LOADED
    assert manager.advisor is not old
    assert "wages of bakers" in manager.advisor.knowledge.entries["baker.pay"].ask
    (change,) = await history.latest(5)
    assert (change.who, change.file) == (None, FILE)
    assert await manager.reload(history) is Reloaded.UNCHANGED


@pytest.mark.parametrize("broken", ["- id: [", "- id: x\n", "\0", ENTRIES.replace("source: [1]", "source: [9]"), QUIZ])
async def test_bad_knowledge_is_told_once_and_again_when_fixed(manager, folder, history, broken):
    """The version before goes on; the same problems are not told twice."""
    old = manager.advisor
    (folder / FILE).write_text(broken)
    assert await manager.reload(history) is Reloaded.BROKEN
    assert await manager.reload(history) is Reloaded.STILL_BROKEN
    assert (manager.advisor is old, bool(manager.problems)) == (True, True)
    assert all(problem.line > 0 for problem in manager.problems)
    (folder / FILE).write_text(broken + "\n- also: wrong\n")
    assert await manager.reload(history) in {Reloaded.BROKEN, Reloaded.STILL_BROKEN}
    (folder / FILE).write_text(ENTRIES)
    assert await manager.reload(history) is Reloaded.FIXED
    assert (manager.advisor is old, manager.problems) == (True, ())


async def test_a_crash_while_saving_leaves_no_false_history(manager, folder, tmp_path):
    """Whether it came before the file was replaced or after; what was made can be undone as ever."""
    now = dt.datetime.now(dt.UTC)
    store = Store(url_of(tmp_path / "data", None), b"key", lambda: now)
    history, edit = History(store), Edit("taught", FILE, ENTRIES.encode(), EDITED.encode())
    await history.record(edit, 7)
    made = await history.record(Edit("taught", FILE, b"other", ENTRIES.encode()), 7)
    saved = await manager.apply(edit, 7, history)
    (folder / FILE).write_text(ENTRIES)
    await manager.settle_history(history)
    assert len(await history.latest(9)) == 3
    now += dt.timedelta(hours=1)
    await manager.settle_history(history)
    assert [change.id for change in await history.latest(9)] == [saved, made]
    assert await history.unconfirmed() == []
    await store.close()


async def test_an_unfair_quiz_is_a_problem(manager, folder, history):
    """As `check` says: with the figures."""
    (folder / "quiz.yaml").write_text(re.sub(r"(cook_.*reversed: )true", r"\1false", QUIZ))
    assert await manager.reload(history) is Reloaded.BROKEN


async def test_a_folder_that_vanishes_and_comes_back(manager, folder, history):
    """Deleted, or put in place by a rename: the old version goes on until the new one is whole."""
    shutil.move(folder, folder.with_name("away"))
    assert await manager.reload(history) is Reloaded.BROKEN
    shutil.move(folder.with_name("away"), folder)
    assert await manager.reload(history) is Reloaded.FIXED


async def test_a_config_map_swaps_all_files_at_once(tmp_path, history, monkeypatch):
    """Kubernetes: files are links through `..data`, which is swapped by one rename."""
    monkeypatch.setattr(manager_module, "QUIET_SECONDS", 0)
    mount = tmp_path / "mount"
    for version, text in (("..v1", ENTRIES), ("..v2", EDITED)):
        write(mount / version, answers__work=text)
    (mount / "..data").symlink_to("..v1")
    for name in ("answers", *(p.name for p in (mount / "..v1").glob("*.yaml"))):
        (mount / name).symlink_to(Path("..data") / name)
    manager = KnowledgeManager(mount, Advisor)
    assert len(manager.advisor.knowledge.entries) == 3
    (mount / "..new").symlink_to("..v2")
    (mount / "..new").replace(mount / "..data")
    assert await manager.reload(history) is Reloaded.LOADED
    assert "wages of bakers" in manager.advisor.knowledge.entries["baker.pay"].ask


async def test_a_file_is_read_only_when_it_holds_still(manager, folder, history, monkeypatch):
    """While somebody saves again and again, reading waits."""
    texts = [f"{EDITED}\n# {number}\n" for number in range(5)]
    read = manager_module.read_folder

    def saving(where):
        found = read(where)
        if texts:
            (folder / FILE).write_text(texts.pop())
        return found

    (folder / FILE).write_text("- half")
    monkeypatch.setattr(manager_module, "read_folder", saving)
    assert await manager.reload(history) is Reloaded.LOADED
    assert texts == []


async def test_a_proposal_changes_nothing_and_tells_what_it_would(manager, folder):
    """Records that come, go or change; checks that would fail; phrasings that would be stolen."""
    contents = manager.contents
    raw = ENTRIES.replace("[when do bakers work, baker hours,", "[when do bakers work, wage of the baker a,").encode()
    proposal = await manager.propose(Edit("x", FILE, contents[FILE], raw))
    assert (proposal.effect.added, proposal.effect.removed, proposal.effect.edited) == ((), (), ("baker.hours",))
    assert (folder / FILE).read_text() == ENTRIES
    assert manager.contents is contents
    with pytest.raises(KnowledgeError):
        await manager.propose(Edit("x", FILE, contents[FILE], b"- id: ["))


async def test_one_proposal_is_made_ready_at_a_time(manager, monkeypatch):
    """Fitting takes memory and a core: six uploads at once don't take six."""
    at_once, most, fit = [], [], manager._fit

    def fitting(knowledge):
        at_once.append(knowledge)
        most.append(len(at_once))
        advisor = fit(knowledge)
        at_once.remove(knowledge)
        return advisor

    monkeypatch.setattr(manager, "_fit", fitting)
    texts = [ENTRIES.replace("baker hours", f"baker hours {word}").encode() for word in ("today", "now", "then")]
    edits = [Edit("x", FILE, manager.contents[FILE], text) for text in texts]
    proposals = await asyncio.gather(*map(manager.propose, edits))
    assert most == [1, 1, 1]
    assert [proposal.effect.edited for proposal in proposals] == [("baker.hours",)] * 3


async def test_checks_that_would_fail_are_named(manager):
    """A guarded question that would lose its answer."""
    raw = b"- question: umbrella\n  expect: [baker.pay]\n"
    proposal = await manager.propose(Edit("x", "checks.yaml", manager.contents["checks.yaml"], raw))
    assert proposal.effect.lost_checks == ("umbrella",)


async def test_stolen_phrasings_are_named(manager):
    """Phrasings of others that would now go to the edited record."""
    extra = ", ".join(f"when do bakers work {word}, baker hours {word}" for word in ("today", "now", "here", "then"))
    raw = ENTRIES.replace("ask: [what does a baker earn,", f"ask: [{extra}, what does a baker earn,").encode()
    proposal = await manager.propose(Edit("x", FILE, manager.contents[FILE], raw))
    assert ("baker.hours", "baker.pay") in {(s.owner, s.winner) for s in proposal.effect.stolen}


async def test_an_applied_edit_is_saved_used_and_kept(manager, folder, history):
    """With who did it; the advisor of the proposal is used as it is."""
    contents = manager.contents
    edit = edits.teaching(contents, manager.advisor.knowledge, "cook.pay", ["umbrella"], "taught")
    proposal = await manager.propose(edit)
    number = await manager.apply(edit, 7, history, proposal.advisor)
    assert manager.advisor is proposal.advisor
    assert (folder / FILE).read_bytes() == edit.after
    change = await history.change(number)
    assert (change.who, change.what) == (7, "taught")
    assert await manager.reload(history) is Reloaded.UNCHANGED
    undone = edits.undoing(manager.contents, change, "undone")
    await manager.apply(undone, 7, history)
    assert (folder / FILE).read_text() == ENTRIES


async def test_an_edit_lands_beside_another_but_never_over_it(manager, folder, history):
    """What a hand has just saved is read first; then other lines may change, the same ones not."""
    contents, knowledge = manager.contents, manager.advisor.knowledge
    elsewhere = edits.teaching(contents, knowledge, "cook.pay", ["umbrella"], "taught")
    same_line = edits.teaching(contents, knowledge, "baker.pay", ["zebra violin"], "taught")
    (folder / FILE).write_text(EDITED)
    with pytest.raises(EditError, match="edited meanwhile"):
        await manager.apply(elsewhere, 7, history)
    await manager.reload(history)
    await manager.apply(elsewhere, 7, history)
    with pytest.raises(EditError, match="edited meanwhile"):
        await manager.apply(same_line, 7, history)
    entries = manager.advisor.knowledge.entries
    assert ("umbrella" in entries["cook.pay"].ask, "wages of bakers" in entries["baker.pay"].ask) == (True, True)
    assert [c.who for c in await history.latest(9)] == [7, None]


async def test_a_rename_changes_every_file_and_stands_in_the_history(manager, folder, history):
    """What names the record names it anew, in all files at once."""
    (folder / "answers" / "more.yaml").write_text(NAMES_PAY)
    await manager.reload(history)
    made = await manager.rename("baker.pay", "baker.wage", "a new id", 7, history)
    assert {edit.file for edit in made} == {FILE, "answers/more.yaml", "checks.yaml"}
    assert manager.advisor.knowledge.entries["more"].related == ("baker.wage",)
    assert load(folder).entries["more"].related == ("baker.wage",)
    assert {(c.file, c.who, c.made) for c in await history.latest(3)} == {(e.file, 7, True) for e in made}
    assert await manager.reload(history) is Reloaded.UNCHANGED


async def test_a_rename_that_fails_in_one_file_changes_none(manager, folder, history, monkeypatch):
    """Neither the files nor the history."""
    (folder / "answers" / "more.yaml").write_text(NAMES_PAY)
    await manager.reload(history)
    before, known = manager.contents, await history.latest(9)
    real, written = manager_module.replace_file, []

    def replace_file(folder, file, old, new):
        written.append(file)
        if len(written) == 3:
            raise EditError(f"{file} could not be saved (disk full).")
        real(folder, file, old, new)

    monkeypatch.setattr(manager_module, "replace_file", replace_file)
    with pytest.raises(EditError, match="disk full"):
        await manager.rename("baker.pay", "baker.wage", "a new id", 7, history)
    assert read_folder(folder) == (before, [])
    assert await history.latest(9) == known
    assert "baker.pay" in manager.advisor.knowledge.entries


async def test_uploads(manager):
    """A file takes the place of the one of its name; others go into answers/; some are refused."""
    edit = edits.upload(manager.contents, "work.yaml", b"x", "{file}")
    assert (edit.what, edit.file, edit.before, edit.after) == (FILE, FILE, ENTRIES.encode(), b"x")
    assert edits.upload(manager.contents, "more.yaml", b"x", "").before is None
    assert edits.upload(manager.contents, "time_off.yaml", b"x", "").file == "not_covered/time_off.yaml"
    with pytest.raises(EditError, match="split"):
        edits.upload(manager.contents, "work.yaml", b"x" * 2_000_000, "")
    with pytest.raises(EditError, match="must be one of"):
        edits.upload(manager.contents, "../../work.yaml", b"x", "")


async def test_ids_are_made_of_titles():
    """Readable, valid, and never one that is taken."""
    assert edits.entry_id("What's an “A/B” test?", ()) == "what_s_an_a_b_test"
    assert edits.entry_id("Pay", {"pay", "pay_2"}) == "pay_3"
    assert edits.entry_id("???", ()) == "entry"
    assert len(edits.entry_id("x" * 99, ())) <= 48
