"""What a record says is edited, and a record removed, from Discord."""

import pytest

from bot.knowledge.loader import load
from bot.ui import sentences
from tests.exts.conftest import labels_of, press, slash, text_of

pytestmark = pytest.mark.asyncio


async def rewritten(home, record, title, text):
    """The proposal after a record's form was filled in anew."""
    shown = await slash(home, "knowledge entry", id=record)
    form = await home.moderator.click(shown, label=sentences.BUTTON_EDIT)
    heading, said = (c["component"]["custom_id"] for c in form.modal["components"])
    return (await home.moderator.submit_modal(form, {heading: title, said: text})).response.message


@pytest.mark.parametrize(
    ("record", "text", "asked"),
    [
        ("baker.hours", "Bakers begin at four: early.", "when do bakers work"),
        ("holidays", "Nothing is known about vacation.", "vacation days"),
        ("greeting", "Good to see you!", "hello"),
    ],
)
async def test_whatever_the_bot_says_can_be_edited(home, folder, record, text, asked):
    """Answers, declines and small talk; the form shows what is said now, and nothing else of the file changes."""
    before = (folder / load(folder).place(record).rpartition(":")[0]).read_text()
    shown = await slash(home, "knowledge entry", id=record)
    form = await home.moderator.click(shown, label=sentences.BUTTON_EDIT)
    said = form.modal["components"][1]["component"]["value"]
    assert said in text_of(shown)
    proposal = await rewritten(home, record, "Another title", text)
    assert f"Changed: `{record}`" in text_of(proposal)
    await press(home, proposal, sentences.BUTTON_CONFIRM)
    assert text in text_of(await home.mention(asked))
    after = (folder / load(folder).place(record).rpartition(":")[0]).read_text()
    changed = {*before.splitlines()} ^ {*after.splitlines()}
    assert len(changed) <= 4


async def test_a_form_that_changes_nothing_says_so(home):
    """No empty change in the history."""
    entry = home.bot.answers.knowledge.entries["baker.hours"]
    assert text_of(await rewritten(home, entry.id, entry.title, entry.answer)) == sentences.PROPOSAL_NONE


async def test_a_text_that_can_not_be_taken_is_shown_again(home):
    """Money must stand in figures; what was typed is not lost."""
    refused = text_of(await rewritten(home, "baker.pay", "Pay", "Bakers earn $1,000 a day."))
    assert sentences.PROPOSAL_BROKEN.split("{", maxsplit=1)[0].strip()[:20] in refused
    assert "Bakers earn $1,000 a day." in refused


async def test_a_record_is_removed_unless_others_name_it(home, folder):
    """What names it is told, with its place; undo brings it back."""
    shown = await slash(home, "knowledge entry", id="holidays")
    proposal = await press(home, shown, sentences.BUTTON_REMOVE)
    assert "Removed: `holidays`" in text_of(proposal)
    saved = await press(home, proposal, sentences.BUTTON_CONFIRM)
    assert "holidays" not in load(folder).intents
    assert text_of(await slash(home, "knowledge entry", id="holidays")) == sentences.NO_RECORD
    await press(home, await press(home, saved, sentences.BUTTON_UNDO), sentences.BUTTON_CONFIRM)
    assert "holidays" in load(folder).intents
    named = await press(home, await slash(home, "knowledge entry", id="baker.hours"), sentences.BUTTON_REMOVE)
    assert "not_covered/time_off.yaml" in text_of(named)
    assert sentences.BUTTON_CONFIRM not in labels_of(named)


async def test_what_could_not_be_saved_can_be_confirmed_later(home, folder):
    """Somebody saves the file by hand between proposal and press: the text is not lost with the first press."""
    proposal = await rewritten(home, "baker.hours", "When bakers work", "Bakers begin at four.")
    path = folder / "answers" / "work.yaml"
    path.write_text(path.read_text() + "# by hand\n")
    late = await press(home, proposal, sentences.BUTTON_CONFIRM)
    assert "edited meanwhile" in text_of(late)
    await slash(home, "knowledge reload")
    await press(home, late, sentences.BUTTON_CONFIRM)
    assert load(folder).entries["baker.hours"].answer == "Bakers begin at four."
    assert path.read_text().endswith("# by hand\n")
