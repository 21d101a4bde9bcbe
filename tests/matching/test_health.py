"""The health of the knowledge: each kind of weak spot is found, at its line, with what to do."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.embedders.choice import EmbedderChoice, choose
from bot.knowledge.loader import load
from bot.matching.health import FIXES, Weakness, WeaknessKind, shortlist, weaknesses
from bot.matching.incidental import incidental
from bot.matching.matcher import Matcher
from tests import small
from tests.conftest import ROOT

TODAY = dt.date(2026, 11, 23)
RIVALS = """\
- id: bread.white
  title: White bread
  answer: It is white.
  ask: [how do I bake white bread, white bread recipe, baking a white loaf, flour for a white loaf]
- id: bread.brown
  title: Brown bread
  review_by: 2026-01-31
  answer: It is brown.
  ask: [how do I bake white bread now, white bread recipe please, baking the white loaf, white bread bread recipe]
- id: oven
  title: xyzzy
  answer: It is hot.
  ask: [plugh, frobozz]
"""


@pytest.fixture(scope="module")
def weak(tmp_path_factory):
    """The weak spots of a small knowledge with every fault, by kind."""
    knowledge = load(small.write(tmp_path_factory.mktemp("weak"), answers__bread=RIVALS))
    found = {}
    for weakness in weaknesses(knowledge, Matcher(knowledge), TODAY):
        found.setdefault(weakness.kind, []).append(weakness)
    return found


def test_what_harms_most_comes_first(weak):
    """In the order of the kinds, each with what to do."""
    assert list(weak) == sorted(weak, key=list(WeaknessKind).index)
    assert set(FIXES) == set(WeaknessKind)
    assert all(weakness.fix for group in weak.values() for weakness in group)


def test_an_entry_past_its_date_is_told(weak):
    """At its own line."""
    (overdue,) = weak[WeaknessKind.OVERDUE]
    assert (overdue.record, overdue.place) == ("bread.brown", "answers/bread.yaml:5")
    assert "2026-01-31" in overdue.message


def test_thin_and_unreachable_entries_are_told(weak):
    """Few phrasings; none that would be found without itself."""
    assert {w.record for w in weak[WeaknessKind.THIN]} >= {"baker.pay", "oven"}
    assert "oven" in {w.record for w in weak[WeaknessKind.NEVER_REACHED]}


def test_rivals_are_told(weak):
    """With who would win, and where to look."""
    told = {w.record: w for w in weak[WeaknessKind.CONFUSED]}
    assert "would go to bread.white" in told["bread.brown"].message
    assert told["bread.brown"].place == "answers/bread.yaml:5"


def test_lost_phrasings_name_the_winner_and_the_line(tmp_path):
    """The place is where the phrasing stands."""
    known = "baker shift, what shift does a baker have, bakers and their hours, does a baker work early"
    work = small.ENTRIES.replace("ask: [when do", f"ask: [{known}, when do")
    work = work.replace("ask: [what does a baker earn, ", "ask:\n    - what does a baker earn\n    - ")
    work = work.replace("baker wage, how much money do bakers make]", "baker hours on sundays\n    - baker wage")
    knowledge = load(small.write(tmp_path, answers__work=work))
    (lost,) = (w for w in weaknesses(knowledge, Matcher(knowledge), TODAY) if w.kind is WeaknessKind.LOST)
    assert lost.record == "baker.pay"
    assert lost.message.startswith('"baker hours on sundays" is like "baker hours" of baker.hours (')
    line = 1 + work.splitlines().index("    - baker hours on sundays")
    assert lost.place == f"answers/work.yaml:{line}"


def found(folder, kind):
    """The weak spots of a kind in a folder."""
    knowledge = load(folder)
    return [w for w in weaknesses(knowledge, Matcher(knowledge), TODAY) if w.kind is kind]


def test_texts_that_open_with_yes_or_no_are_told(tmp_path):
    """Answers and replies; a courtesy is none."""
    folder = small.write(
        tmp_path,
        answers__work=small.ENTRIES.replace("Bakers get up early.", "Mostly at night, bakers say."),
        not_covered__time_off=small.NOT_COVERED.replace("Nobody wrote", "No, nobody wrote"),
        small_talk=small.SMALL_TALK.replace("Hello! Ask", "No worries! Ask"),
    )
    told = {w.record: w.message for w in found(folder, WeaknessKind.POLARITY)}
    assert told == {"baker.hours": 'its text begins with "Mostly"', "holidays": 'its text begins with "No"'}


def test_answers_that_are_stronger_than_their_source_are_told(tmp_path):
    """Held against the paragraphs that they cite, where the text of these is at hand."""
    source = small.FILES["source.yaml"]
    text = "text: [Bakers must get up early. All earn money., Cooks always earn it.]\n"
    strong = small.ENTRIES.replace("Bakers get up early.", "Bakers must always get up early.")
    (told,) = found(small.write(tmp_path, answers__work=strong, source=source + text), WeaknessKind.STRENGTH)
    assert (told.record, told.place) == ("baker.hours", "answers/work.yaml:20")
    assert told.message == """its answer says "always", which paragraphs 1 don't"""
    assert not found(small.write(tmp_path, source=source), WeaknessKind.STRENGTH)


def test_an_entry_that_only_one_role_has_is_told(tmp_path):
    """Where the same question, asked of the other role, gets an answer that nobody meant for it."""
    (told,) = found(small.write(tmp_path), WeaknessKind.TWIN)
    assert (told.record, told.place) == ("baker.hours", "answers/work.yaml:25")
    assert "asked of Cook, goes to" in told.message


def test_an_entry_whose_other_role_is_declined_is_not_told(tmp_path):
    """A decline says why not, and so does a record that has the question word for word."""
    declined = (
        small.NOT_COVERED
        + """\
- id: cook_hours
  title: When cooks work
  reply: Nobody wrote down when cooks work.
  role: cook
  topic: hours
  ask: [when do cooks work, cook hours, how early does a cook start]
"""
    )
    assert not found(small.write(tmp_path, not_covered__time_off=declined), WeaknessKind.TWIN)


def test_a_phrasing_that_leads_by_a_word_of_another_subject_is_told(knowledge):
    """With the word: nobody who says "hedgehog" asks for the pay of AI engineers."""
    embedder = choose(EmbedderChoice.AUTO, ROOT / "no-data")
    if embedder.name == "none":
        pytest.skip("here no embedder knows what words mean")
    entry = knowledge.entries["ai_engineer.salary"]
    taught = entry.model_copy(update={"ask": (*entry.ask, "do ai engineers own a hedgehog")})
    changed = replace(knowledge, entries={**knowledge.entries, entry.id: taught})
    told = incidental(Matcher(changed, embedder), {"ai_engineer": "AI engineer"})
    found = {item.phrasing: item for item in told}
    assert (
        found["do ai engineers own a hedgehog"].target.id,
        found["do ai engineers own a hedgehog"].word,
    ) == (entry.id, "hedgehog")
    assert not any(phrasing.startswith("how much do") for phrasing in found)


def test_without_meanings_no_word_is_called_incidental(tmp_path):
    """Nobody could tell what it has to do with the entry."""
    assert not incidental(Matcher(load(small.write(tmp_path))), {})


def test_the_shortlist_shows_some_of_each_kind():
    """No kind crowds out the others; the order stays."""
    weak = [Weakness(WeaknessKind.LOST, str(n), "") for n in range(9)]
    weak += [Weakness(WeaknessKind.THIN, str(n), "") for n in range(2)]
    assert [(w.kind, w.record) for w in shortlist(weak, 5)] == [
        *((WeaknessKind.LOST, str(n)) for n in range(3)),
        *((WeaknessKind.THIN, str(n)) for n in range(2)),
    ]
    assert shortlist(weak, 20) == weak
