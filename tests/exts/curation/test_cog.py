"""`/knowledge`: what moderators see and do with the knowledge as a whole."""

import io
import zipfile

import pytest

from bot.journal.history import Edit
from bot.knowledge.loader import load
from bot.ui import sentences
from tests.exts.conftest import items_of, labels_of, press, slash, text_of
from tests.small import ENTRIES

pytestmark = pytest.mark.asyncio
FILE = "answers/work.yaml"


async def upload(world, name, raw):
    """Upload a file; the message that results."""
    return await slash(world, "knowledge upload", file=(name, raw))


async def test_status_tells_what_is_in_use(home):
    """Version, sizes, how long the fit took, which embedder, and health."""
    text = text_of(await slash(home, "knowledge status"))
    for part in (home.bot.answers.knowledge.fingerprint, "3 entries with 9 phrasings", "*none*", "3 thin"):
        assert part in text


async def test_check_lists_problems_or_weak_spots(home, folder):
    """Problems come with file, line and column; the rest in a file."""
    weak = await slash(home, "knowledge check")
    assert sentences.NO_PROBLEMS in text_of(weak)
    assert b"only 3 phrasings" in await weak.attachments[0].read()
    (folder / FILE).write_text(ENTRIES + "- id: x\n")
    assert "I'm still using the last good version" in text_of(await slash(home, "knowledge reload"))
    broken = text_of(await slash(home, "knowledge check"))
    assert "`answers/work.yaml:27:3` `title` is missing" in broken
    assert sentences.UNUSABLE in text_of(await slash(home, "knowledge status"))
    (folder / FILE).write_text(ENTRIES)
    assert "fine again" in text_of(await slash(home, "knowledge reload"))
    assert text_of(await slash(home, "knowledge reload")) == sentences.UNCHANGED


async def test_try_shows_why(home):
    """Score, margin, runner-up, matched phrasing, facets."""
    text = text_of(await slash(home, "knowledge try", question="what does a baker earn"))
    for part in (
        "*What bakers earn*",
        "**Answer**, ",
        "% sure, ",
        "points ahead of the next",
        "facets: baker, pay",
        "**cook.pay** 0 %",
    ):
        assert part in text
    assert "**Decline**" in text_of(await slash(home, "knowledge try", question="umbrella"))


async def test_entry_shows_all_there_is(home):
    """Answer, phrasings, source, file; and a line for what is no entry."""
    text = text_of(await slash(home, "knowledge entry", id="baker.pay"))
    for part in ("Bakers earn $30,000 to $50,000 a year.", "• baker wage", "answers/work.yaml:1", "paragraphs 1"):
        assert part in text
    assert text_of(await slash(home, "knowledge entry", id="nobody")) == sentences.NO_RECORD


async def test_teach_takes_any_question_and_entry(home):
    """The entry by autocompletion; what is no entry, or has no words, is a line."""
    proposal = await slash(home, "knowledge teach", question="umbrella", entry="cook.pay")
    await press(home, proposal, sentences.BUTTON_CONFIRM)
    assert "Cooks earn" in text_of(await home.mention("umbrella"))
    for question, entry in (("umbrella", "nobody"), ("<@1>", "cook.pay")):
        assert text_of(await slash(home, "knowledge teach", question=question, entry=entry)) == sentences.NO_RECORD
    again = await slash(home, "knowledge teach", question="umbrella", entry="baker.hours")
    assert "stands already in" in text_of(again)
    assert sentences.BUTTON_CONFIRM not in labels_of(again)


async def test_a_record_gets_another_id_at_once(home, folder):
    """Told with the files that changed; a bad id, one that is taken or one that is not there changes nothing."""
    for old, new, line in (
        ("baker.pay", "Baker Wage", "can't be an id"),
        ("baker.pay", "cook.pay", "is taken"),
        ("nobody", "somebody", "There is no record"),
    ):
        assert line in text_of(await slash(home, "knowledge rename", id=old, new_id=new))
    told = text_of(await slash(home, "knowledge rename", id="baker.pay", new_id=" baker.wage "))
    assert sentences.RENAMED.format(old="baker.pay", new="baker.wage") in told
    assert "baker.wage" in home.bot.answers.knowledge.entries
    assert "baker.wage" in load(folder).entries


async def test_where_edits_are_reviewed_a_new_id_is_left_to_the_operator(home):
    """Nobody changes anything alone there."""
    await home.start(review=True, moderator_channel=home.channel.id)
    told = text_of(await slash(home, "knowledge rename", id="baker.pay", new_id="baker.wage"))
    assert told == sentences.RENAME_REVIEWED
    assert "baker.pay" in home.bot.answers.knowledge.entries


async def test_download_one_file_or_all(home):
    """As they are in use, byte for byte."""
    one = await slash(home, "knowledge download", file=FILE)
    assert await one.attachments[0].read() == ENTRIES.encode()
    everything = await slash(home, "knowledge download")
    with zipfile.ZipFile(io.BytesIO(await everything.attachments[0].read())) as archive:
        assert archive.read(FILE) == ENTRIES.encode()
        assert set(archive.namelist()) == set(home.bot.manager.contents)
    assert text_of(await slash(home, "knowledge download", file="../x")) == sentences.NO_FILE


async def test_an_upload_is_shown_then_saved(home, folder):
    """What would be added, removed and edited; then confirm, and it is in use."""
    raw = ENTRIES.replace("baker wage", "wages of bakers").replace("cook.hours", "x").encode()
    shown = await upload(home, "work.yaml", raw)
    assert "Changed: `baker.pay`" in text_of(shown)
    assert (folder / FILE).read_text() == ENTRIES
    saved = await press(home, shown, sentences.BUTTON_CONFIRM)
    assert "Upload of `answers/work.yaml`" in text_of(saved)
    assert (folder / FILE).read_bytes() == raw
    assert text_of(await upload(home, "work.yaml", raw)) == sentences.PROPOSAL_NONE


@pytest.mark.parametrize(
    ("name", "raw", "line"),
    [
        ("work.yaml", ENTRIES.replace("source: [1]", "source: [9]").encode(), "answers/work.yaml:9:12"),
        ("work.yaml", b"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "Anchors"),
        ("work.yaml", b"[" * 5000, "levels deep"),
        ("work.yaml", ENTRIES.encode("utf-16"), "not UTF-8"),
        ("work.yaml", b"\x00\x01", "can't be read"),
        ("work.yaml", b"x" * (1 << 21), "split it into several"),
        ("..%2f..%2fetc%2fpasswd", b"x", "A file must be one of"),
        ("work.exe", b"x", "A file must be one of"),
        ("quiz.yaml", b"", "quiz.yaml:1"),
    ],
)
async def test_bad_uploads_are_refused_with_a_line(home, folder, name, raw, line):
    """Whatever is sent: a clear line, nothing to confirm, nothing changed."""
    shown = await upload(home, name, raw)
    assert line in text_of(shown)
    assert sentences.BUTTON_CONFIRM not in labels_of(shown)
    assert (folder / FILE).read_text() == ENTRIES


async def test_history_shows_lines_of_a_change(home, folder):
    """By its number, as + and -; long ones in the file."""
    await home.bot.history.record(Edit("edited by hand", FILE, b"a\n```\n", b"b\n```\n"), None)
    shown = await slash(home, "knowledge history", change=1)
    assert "by hand" in text_of(shown)
    assert "- a\n+ b" in text_of(shown)
    assert await shown.attachments[0].read() == b"- a\n+ b"
    assert text_of(await slash(home, "knowledge history", change=2)) == sentences.CHANGE_NONE
    assert folder.is_dir()


async def test_undo_without_any_change(home):
    """One line."""
    assert text_of(await slash(home, "knowledge undo")) == sentences.CHANGE_NONE


async def test_all_texts_fit_discord(home):
    """Texts of one message, buttons and pictures aside, stay below 4,000 characters."""
    for number in range(60):
        home.bot.questions.note(number + 1, f"{number} " + "x *_ " * 90, number, "decline")
        await home.bot.history.record(Edit("w" * 300, FILE, b"x" * 5000, b"y" * 5000), 7)
    for command, options in (("questions", {}), ("knowledge history", {}), ("knowledge history", {"change": 1})):
        assert len(text_of(await slash(home, command, **options))) < 4000
    assert items_of(await slash(home, "questions"))
