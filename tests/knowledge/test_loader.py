"""The loader: all problems of all files at once, each at its place and with its fix."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import loader
from bot.knowledge.loader import load
from bot.knowledge.placeholders import fill, fill_reply
from bot.knowledge.problems import KnowledgeError
from tests import small

GOOD = "- id: a\n  title: A\n  answer: An answer.\n  ask: [what is a]\n"


def problems_of(folder):
    """All problems of a folder, as lines."""
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    return [str(p) for p in caught.value.problems]


def test_a_good_folder(tmp_path):
    """Everything is read, in the files' order."""
    knowledge = load(small.write(tmp_path))
    assert list(knowledge.entries) == ["baker.pay", "cook.pay", "baker.hours"]
    assert knowledge.not_covered["holidays"].nearest == ("baker.hours",)
    assert knowledge.of_facets("cook", "pay", None).id == "cook.pay"
    assert fill(knowledge.entries["baker.pay"], knowledge.entries) == "Bakers earn $30,000 to $50,000 a year."
    assert len(knowledge.fingerprint) == 12


def test_after_an_edit_only_the_edited_file_is_read_anew(tmp_path):
    """What stands in the others is the very same; what was edited is not."""
    before = load(small.write(tmp_path))
    (tmp_path / "answers" / "faq.yaml").write_text(GOOD)
    added = load(tmp_path)
    assert added.entries["baker.pay"] is before.entries["baker.pay"]
    (tmp_path / "answers" / "faq.yaml").write_text(GOOD.replace("An answer", "Another answer"))
    assert load(tmp_path).entries["a"].answer == "Another answer."


def test_only_id_title_answer_and_ask_are_required(tmp_path):
    """The engine runs on any FAQ: one file of entries is enough."""
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "faq.yaml").write_text(GOOD)
    assert list(load(tmp_path).entries) == ["a"]


FAULTS = {
    "missing key": (GOOD.replace("  title: A\n", ""), "answers/x.yaml:1:3: `title` is missing: add it."),
    "unknown key": (GOOD + "  relatd: [a]\n", 'answers/x.yaml:5:3: `relatd` is not a key that is known here: remove it or fix the name. Did you mean "related"?'),
    "unquoted yes": (GOOD.replace("[what is a]", "\n    - yes"), 'x.yaml:5:7: `ask, item 1` wants text, but yes unquoted is read as something else: write "yes" in quotes.'),
    "unquoted number": (GOOD.replace("title: A", "title: 1.10"), 'x.yaml:2:3: `title` wants text, but 1.10 unquoted is read as something else: write "1.10" in quotes.'),
    "empty value": (GOOD.replace("title: A", "title:"), "x.yaml:2:3: `title` is empty: write its text, or remove the line."),
    "empty list": (GOOD.replace("[what is a]", "[]"), "x.yaml:4:3: `ask` is empty: give at least one."),
    "no list": (GOOD.replace("[what is a]", "what is a"), "x.yaml:4:3: `ask` must be a list: one item a line, each after a dash."),
    "too long": (GOOD.replace("An answer.", "x" * 1501), "x.yaml:3:3: `answer` is too long for Discord: 1501 characters of 1500."),
    "bad id": (GOOD.replace("id: a", "id: A B"), "x.yaml:1:3: `id` may only have a-z, 0-9, _ and single dots: rename 'A B'."),
    "two lines": (GOOD.replace("title: A", 'title: "A\\nB"'), "x.yaml:2:3: `title` must stand on one line."),
    "no list of records": ("id: a\n", "x.yaml:1:1: This file is a list: each record begins with a dash (`- id: …`)."),
    "no record": ("- just text\n", "x.yaml:1:3: `record` wants keys with values"),
    "bad figures": (GOOD + "  figures: {low: ten, high: 0, per: day}\n", "x.yaml:5:13: `low` must be a whole number, without quotes."),
    "bad figures 2": (GOOD + "  figures: {low: ten, high: 0, per: day}\n", "`high` must be more than 0."),
    "bad figures 3": (GOOD + "  figures: {low: ten, high: 0, per: day}\n", "`per` must be 'year' or 'hour'."),
    "low over high": (GOOD + "  figures: {low: 9, high: 5, per: year}\n", "x.yaml:5:13: `low` is more than `high`: exchange them."),
    "paragraph 0": (GOOD + "  source: [0]\n", "`source, item 1` must be 1 or more."),
    "paragraph 3": (GOOD + "  source: [3]\n", "x.yaml:5:12: The source has only 2 paragraphs: fix 3."),
    "unknown role": (GOOD + "  role: bakr\n", 'x.yaml:5:3: There is no role "bakr" in vocabulary.yaml: fix or remove it here, or add it there. Did you mean "baker"?'),
    "unknown related": (GOOD + "  related: [cook.pya]\n", 'x.yaml:5:13: There is no entry "cook.pya" in answers/: fix or remove it here, or add it there. Did you mean "cook.pay"?'),
    "related to itself": (GOOD + "  related: [a]\n", "x.yaml:5:13: `related` names the entry itself: remove it."),
    "id taken": (GOOD.replace("id: a", "id: baker.pay"), 'x.yaml:1:3: The id "baker.pay" is taken by answers/work.yaml:1: choose another.'),
    "id with a meaning": (GOOD.replace("id: a", "id: not_covered"), 'x.yaml:1:3: The id "not_covered" has a meaning of its own'),
    "phrasing taken": (GOOD.replace("what is a", "'Baker: WAGE?'"), 'x.yaml:4:9: This phrasing stands already in "baker.pay" (answers/work.yaml:7): remove one.'),
    "phrasing twice": (GOOD.replace("what is a", "one two, One two!"), "x.yaml:4:18: This phrasing stands already in this record"),
    "figure in text": (GOOD.replace("An answer.", "It is $65,000."), "x.yaml:3:3: Figures stand once, in `figures`: write {range} or {id} in place of '$6'."),
    "unknown placeholder": (GOOD.replace("An answer.", "It is {range}."), "x.yaml:3:3: {range} names no figures"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_at_its_place_with_its_mend(tmp_path, fault):
    """One line each: file, line, column, what is wrong, what to do."""
    text, expected = FAULTS[fault]
    found = problems_of(small.write(tmp_path, answers__x=text))
    assert expected in "\n".join(found)


SLOT = "unnamed: that town\ngroups:\n  home: [springfield]\n  elsewhere: [peru, dar es salaam]\n"
SAYING = small.NOT_COVERED.replace("Nobody wrote down anything about holidays.", "'Nothing about {}.'")

OTHER_FAULTS = {
    "unused paragraph": ({"source": "title: T\nyear: 2026\nparagraphs: 4\n"}, "source.yaml:3:1: No entry rests on paragraph 3, 4"),
    "text too short": ({"source": "title: T\nyear: 2026\nparagraphs: 2\ntext: [One.]\n"}, "source.yaml:4:1: `text` holds 1 paragraphs and `paragraphs` says 2"),
    "odd year": ({"source": "title: T\nyear: 26\nparagraphs: 2\n"}, "source.yaml:2:1: `year` must be 1900 or more."),
    "unknown check": ({"checks": "- question: x\n  expect: [bake.pay]\n"}, 'checks.yaml:2:12: There is no entry "bake.pay"'),
    "nearest gone": ({"not_covered__time_off": small.NOT_COVERED.replace("[baker.hours]", "[gone]")}, 'not_covered/time_off.yaml:4:13: There is no entry "gone"'),
    "name twice": ({"vocabulary": small.VOCABULARY.replace("[cook,", "[Baker,")}, 'vocabulary.yaml:3:31: "Baker" already names the role "baker"'),
    "unknown file": ({"sources": "a: b\n"}, 'sources.yaml:1:1: This file is not one that is read: put entries into answers/. Did you mean "source.yaml"?'),
    "unknown key of a slot": ({"vocabulary__town": SLOT + "gropus: {}\n"}, 'vocabulary/town.yaml:5:1: `gropus` is not a key that is known here: remove it or fix the name. Did you mean "groups"?'),
    "no word for no name": ({"vocabulary__town": SLOT.replace("unnamed: that town\n", "")}, "vocabulary/town.yaml:1:1: `unnamed` is missing: add it."),
    "a name unquoted": ({"vocabulary__town": SLOT.replace("peru", "no")}, 'vocabulary/town.yaml:4:15: `elsewhere, item 1` wants text, but no unquoted is read as something else: write "no" in quotes.'),
    "names in no list": ({"vocabulary__town": SLOT.replace("[springfield]", "springfield")}, "vocabulary/town.yaml:3:3: `home` must be a list: one item a line, each after a dash."),
    "name of a group": ({"vocabulary__town": SLOT.replace("home", "Home Town")}, "vocabulary/town.yaml:3:3: `Home Town` may only have a-z, 0-9, _ and single dots: rename 'Home Town'."),
    "a list of slots": ({"vocabulary__town": "- a\n"}, "vocabulary/town.yaml:1:1: `record` wants keys with values"),
    "unknown placeholder": ({"vocabulary__town": SLOT, "not_covered__time_off": SAYING.format("{twon}")}, "not_covered/time_off.yaml:3:3: {twon} is neither the name of a file in vocabulary/ nor an entry with figures: fix it."),
    "entry without figures": ({"not_covered__time_off": SAYING.format("{baker.hours}")}, "not_covered/time_off.yaml:3:3: {baker.hours} is neither"),
    "the old file": ({"not_covered": small.NOT_COVERED}, "not_covered.yaml:1:1: This file is not one that is read"),
    "vocabulary shape": ({"vocabulary": "roles: baker\n"}, "vocabulary.yaml:1:1: `roles` wants keys with values"),
}  # fmt: skip


@pytest.mark.parametrize("fault", OTHER_FAULTS)
def test_faults_of_the_other_files(tmp_path, fault):
    """The same for every file."""
    changes, expected = OTHER_FAULTS[fault]
    assert expected in "\n".join(problems_of(small.write(tmp_path, **changes)))


def test_names_of_a_class_have_a_file(tmp_path):
    """Called as the file is; a reply may hold the name that the question has, and figures of an entry."""
    declined = SAYING.format("{town}, only {baker.pay}")
    knowledge = load(small.write(tmp_path, vocabulary__town=SLOT, not_covered__time_off=declined))
    assert knowledge.slots["town"].groups["elsewhere"] == ("peru", "dar es salaam")
    reply = fill_reply(knowledge.not_covered["holidays"].reply, {"town": "Peru"}, knowledge.entries)
    assert reply == "Nothing about Peru, only $30,000 to $50,000."


def test_all_problems_are_told_at_once(tmp_path):
    """One bad file hides no other, nor one bad record the next; what can't be read at all comes first."""
    bad = "- id: X\n  title: 1\n  answer: a\n  ask: [q]\n- id: y\n"
    found = problems_of(small.write(tmp_path, answers__x=bad, answers__y="a: [", checks="- expect: [x]\n"))
    assert len(found) >= 6
    files = [line.split(":")[0] for line in found]
    assert list(dict.fromkeys(files)) == ["answers/y.yaml", "answers/x.yaml", "checks.yaml"]


@pytest.mark.parametrize(
    ("changes", "file"),
    [
        (
            {"answers__work": small.ENTRIES.replace("title: What bakers earn", "title: Bakers: what they earn")},
            "answers/work.yaml",
        ),
        ({"vocabulary": small.VOCABULARY.replace("levels:\n", "levels:\n  odd: title: Odd\n")}, "vocabulary.yaml"),
        ({"vocabulary": small.VOCABULARY.replace("title: Baker,", "titel: Baker,")}, "vocabulary.yaml"),
        ({"answers__work": "\xff".encode("latin-1").decode("latin-1") + "\tx: ["}, "answers/work.yaml"),
    ],
    ids=["a colon in a title", "a colon in the vocabulary", "a key of the vocabulary", "tabs"],
)
def test_one_slip_is_told_alone(tmp_path, changes, file):
    """What only seems wrong because something could not be read is not told: nobody repairs what is whole."""
    found = problems_of(small.write(tmp_path, quiz=small.QUIZ, **changes))
    assert {line.split(":")[0] for line in found} == {file}
    assert len(found) <= 2


def test_answers_that_are_too_long_side_by_side_are_told(tmp_path):
    """Discord would refuse the message."""
    long = GOOD.replace("An answer.", "word " * 280)
    others = "".join(long.replace("id: a", f"id: {i}").replace("what is a", f"what is {i}") for i in "bcd")
    text = f"{GOOD}  side_by_side: [b, c, d]\n{others}"
    assert "more than the 3400 that Discord shows" in "\n".join(problems_of(small.write(tmp_path, answers__x=text)))


def test_a_copy_of_a_file_is_told_once(tmp_path):
    """An editor's backup, say: not each of its records, nor their phrasings."""
    found = problems_of(small.write(tmp_path, answers__work_copy=small.ENTRIES))
    copy = "All ids in this file stand in answers/work.yaml too: one is a copy of the other, remove it."
    assert found == [f"answers/work_copy.yaml:1:1: {copy}"]


ODD = {
    "a no-break space": (GOOD.replace("title: A", "title:\u00a0A"), "There is a no-break space here"),
    "a curly quote": (GOOD.replace("title: A", "title: “A”: B"), "There is a curly quote here"),
    "a colon in a phrasing": (
        GOOD.replace("[what is a]", "\n    - which one: a or b"),
        "has a colon with a space after it",
    ),
    "a phrasing cut short": (GOOD.replace("[what is a]", "\n    - is c # hard"), "What stands after # is not read"),
    "thousands": (GOOD + "  figures: {low: 65,000, high: 70000, per: year}\n", "write a number without commas"),
    "octal": (GOOD + "  source: [01]\n", "Write 01 as a plain number"),
    "sexagesimal": (GOOD + "  source: [1:30]\n", "Write 1:30 as a plain number"),
    "a date by hand": (GOOD + "  review_by: 30.06.2027\n", "`review_by` must be a date such as 2027-06-30"),
    "an open brace": (GOOD.replace("An answer.", '"It is {range"'), "A brace is opened or closed alone"),
    "figures in k": (GOOD.replace("An answer.", "It is 90k to 130k."), "in place of '90k'"),
    "figures with a space": (GOOD.replace("An answer.", "It is 95 000."), "in place of '95 000'"),
    "a blank title": (GOOD.replace("title: A", 'title: " "'), "`title` has no word in it"),
    "an answer of signs": (GOOD.replace("An answer.", '"…"'), "`answer` has no word in it"),
}


@pytest.mark.parametrize("slip", ODD)
def test_slips_that_look_right_are_named(tmp_path, slip):
    """What is there, and how to write it."""
    text, expected = ODD[slip]
    assert expected in "\n".join(problems_of(small.write(tmp_path, answers__x=text)))


@pytest.mark.parametrize("name", ["x.YAML", "x.Yml", "x.yaml.txt"])
def test_a_file_that_is_called_otherwise_is_told(tmp_path, name):
    """It is not passed over in silence."""
    small.write(tmp_path)
    (tmp_path / "answers" / name).write_text(GOOD)
    assert problems_of(tmp_path) == [
        f"answers/{name}:1:1: Only names that end in .yaml are read: rename the file to answers/x.yaml."
    ]


def test_a_file_whose_name_is_no_text_is_told(tmp_path):
    """Such a name can't be shown as it is, nor kept; the rest is read."""
    small.write(tmp_path)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/answers/caf\xe9.yaml")).write_text(GOOD)
    assert problems_of(tmp_path) == ["answers/caf\\udce9.yaml:1:1: The name of this file is not UTF-8: rename it."]


def test_more_phrasings_than_can_be_learned_are_refused(tmp_path, monkeypatch):
    """No upload takes the computer away from everybody."""
    folder = small.write(tmp_path)
    held = sum(len(record.ask) for record in load(folder).intents.values())
    monkeypatch.setattr(loader, "MOST_PHRASINGS", held)
    assert load(folder)
    monkeypatch.setattr(loader, "MOST_PHRASINGS", held - 1)
    assert problems_of(folder) == [
        f"answers:1:1: The files hold {held} phrasings, and at most {held - 1} are learned: take some out."
    ]


def test_a_linked_folder_is_read(tmp_path):
    """Also inside answers/; a link that leads back to where it stands does no harm."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "x.yaml").write_text(GOOD)
    folder = small.write(tmp_path / "knowledge")
    (folder / "answers" / "more").symlink_to(elsewhere, target_is_directory=True)
    (folder / "answers" / "round").symlink_to(folder, target_is_directory=True)
    assert "a" in load(folder).entries


def test_a_list_of_faulty_items_is_not_called_empty(tmp_path):
    """Only what is wrong is told."""
    found = problems_of(small.write(tmp_path, answers__x=GOOD.replace("what is a", "yes")))
    assert [line for line in found if "empty" in line] == []


def test_a_missing_folder_and_an_empty_one(tmp_path):
    """Both are told plainly."""
    assert "This folder is missing or can't be read" in problems_of(tmp_path / "nowhere")[0]
    assert "There is no entry yet" in problems_of(tmp_path)[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    """An unreadable file is a problem of its own."""
    small.write(tmp_path)
    (tmp_path / "checks.yaml").chmod(0)
    assert "can't be read" in problems_of(tmp_path)[0]


def test_a_folder_in_place_of_a_file(tmp_path):
    """A folder that is named like a file can't be read as one."""
    small.write(tmp_path, checks=None)
    (tmp_path / "checks.yaml").mkdir()
    assert "checks.yaml:1:1: The file can't be read" in problems_of(tmp_path)[0]


def test_hidden_files_are_left_alone(tmp_path):
    """Editors and volume mounts leave such files behind."""
    small.write(tmp_path)
    (tmp_path / ".work.yaml").write_text("a: [")
    assert load(tmp_path).entries


@settings(max_examples=60)
@given(place=st.integers(0, len(small.ENTRIES) - 1), junk=st.text(max_size=5))
def test_any_edit_loads_or_is_explained(tmp_path_factory, place, junk):
    """Cutting into a file anywhere gives a knowledge base or problems with places, never another error."""
    broken = small.ENTRIES[:place] + junk + small.ENTRIES[place + 1 :]
    folder = tmp_path_factory.mktemp("k")
    try:
        small.write(folder, answers__work=broken)
    except UnicodeEncodeError:
        return
    try:
        assert load(folder).entries
    except KnowledgeError as error:
        assert all(p.line >= 1 and p.message.rstrip()[-1] in '.?"' for p in error.problems)  # noqa: PT017
