"""The health of the knowledge: each kind of weak spot is found, at its line, with what to do."""

import datetime as dt

import pytest

from bot.knowledge.loader import load
from bot.matching.health import WeaknessKind, weaknesses
from bot.matching.matcher import Matcher
from tests import small

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


def test_every_kind_is_found(weak):
    """In the order of the kinds, each with what to do."""
    assert list(weak) == sorted(weak, key=list(WeaknessKind).index)
    assert all(weakness.fix for group in weak.values() for weakness in group)


def test_an_entry_past_its_date_is_told(weak):
    """At its own line."""
    (overdue,) = weak[WeaknessKind.OVERDUE]
    assert (overdue.entry, overdue.place) == ("bread.brown", "answers/bread.yaml:5")
    assert "2026-01-31" in overdue.message


def test_thin_and_unreachable_entries_are_told(weak):
    """Few phrasings; none that would be found without itself."""
    assert {w.entry for w in weak[WeaknessKind.THIN]} >= {"baker.pay", "oven"}
    assert "oven" in {w.entry for w in weak[WeaknessKind.NEVER_REACHED]}


def test_rivals_are_told_with_the_line_to_look_at(weak):
    """Pairs that are confused, and phrasings that nearly stand twice, each pair once."""
    assert all(w.place for w in weak[WeaknessKind.CONFUSED])
    (twins,) = weak[WeaknessKind.DUPLICATE]
    assert {"answers/bread.yaml:4", "answers/bread.yaml:9"} == {twins.place, twins.message.split("(")[1].rstrip(")")}


def test_lost_phrasings_name_the_winner_and_the_line(tmp_path):
    """The place is where the phrasing stands."""
    known = "baker shift, what shift does a baker have, bakers and their hours, does a baker work early"
    work = small.ENTRIES.replace("ask: [when do", f"ask: [{known}, when do")
    work = work.replace("ask: [what does a cook earn, ", "ask:\n    - what does a cook earn\n    - ")
    work = work.replace("cook wage, how much money do cooks make]", "baker hours on sundays\n    - cook wage")
    knowledge = load(small.write(tmp_path, answers__work=work))
    (lost,) = (w for w in weaknesses(knowledge, Matcher(knowledge), TODAY) if w.kind is WeaknessKind.LOST)
    assert (lost.entry, lost.message) == ("cook.pay", '"baker hours on sundays" would go to baker.hours')
    line = 1 + work.splitlines().index("    - baker hours on sundays")
    assert lost.place == f"answers/work.yaml:{line}"
