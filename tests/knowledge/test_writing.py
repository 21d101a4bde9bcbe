"""Changing knowledge files: only the change changes."""

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from bot.knowledge.loader import load_contents, read_folder
from bot.knowledge.strict_yaml import MAX_BYTES
from bot.knowledge.writing import EditError, add_phrasing, add_record, file_named
from tests.conftest import KNOWLEDGE
from tests.small import ENTRIES

LINES = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff\u2028\u2029\x85"), min_size=1
)
# Everything that a hand may write around two records, in each style of list.
STYLES = {
    "block": "# before\n- id: a\n  ask:   # ways\n    - one  # 1st\n    - 'two'\n\n# b\n- id: b\n  ask:\n  - three\n",
    "flow": "- {id: a, ask: [one, 'two' ]}\n- id: b\n  ask: [three]   # end\n",
    "folded": "- id: a\n  ask:\n    - >-\n      one\n      more\n\n# comment\n- id: b\n  ask: [three]\n",
    "folded last": "- id: b\n  ask: [three]\n- id: a\n  ask:\n    - |-\n      one",
    "many lines": '- id: a\n  ask:\n  - one\n    and more\n  - "two\n    lines"\n  title: x\n',
    "no end": "- id: a\n  ask:\n    - one",
    "indented": "  - id: a\n    ask:\n      - one\n  - id: b\n    ask: [x]\n",
    "windows": "- id: a\r\n  ask:\r\n    - one\r\n    - two\r\n- id: b\r\n  ask: [x]\r\n",
    "marked": "\ufeff- id: a\n  ask:\n    - one\n",
    "unicode": '- id: a\n  title: "ä\u2028ö😀"\n  ask:\n    - ünï 😀\n- id: b\n  ask: [x]\n',
}


@pytest.mark.parametrize("style", STYLES)
@example(phrasing="-")
@given(phrasing=LINES)
def test_teaching_changes_no_byte_but_its_own(style, phrasing):
    """However the file is written: what was there is still there, in order, around one insertion that reads back."""
    raw = STYLES[style].encode()
    after = add_phrasing(raw, "a", phrasing)
    start = next((i for i, (x, y) in enumerate(zip(raw, after, strict=False)) if x != y), len(raw))
    length = len(after) - len(raw)
    assert after[:start] + after[start + length :] == raw
    records = {r["id"]: r["ask"] for r in yaml.safe_load(after.decode("utf-8-sig"))}
    before = {r["id"]: r["ask"] for r in yaml.safe_load(raw.decode("utf-8-sig"))}
    assert records == {**before, "a": [*before["a"], phrasing]}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "phrasing", ["[" * 1000, "2024-02-30", "1:" * 200 + "1.5", "-"], ids=["deep", "no date", "no number", "dash"]
)
def test_what_yaml_would_stumble_over_is_taught_in_quotes(style, phrasing):
    """Brackets without end, dates and numbers that do not exist, what begins a list."""
    assert f'"{phrasing}"'.encode() in add_phrasing(STYLES[style].encode(), "a", phrasing)


def test_every_shipped_entry_can_be_taught():
    """The real files take a phrasing for each of their records, one after the other, and load with all of them."""
    contents, _ = read_folder(KNOWLEDGE)
    taught = {}
    for file in (name for name in contents if name.startswith("answers/")):
        for record in yaml.safe_load(contents[file]):
            taught[record["id"]] = f"zebra stripes of {record['id']}"
            contents[file] = add_phrasing(contents[file], record["id"], taught[record["id"]])
    knowledge = load_contents(contents)
    assert {name: entry.ask[-1] for name, entry in knowledge.entries.items()} == taught
    assert all(knowledge.place(record, phrasing) for record, phrasing in taught.items())


@pytest.mark.parametrize("before", [None, b"", b"# only a comment\n", ENTRIES.encode(), b"  - id: x\n    ask: [y]"])
def test_a_new_record_lands_at_the_end(before):
    """A new file is made where there is none; what was written stays as it was."""
    record = {"id": "new", "title": "A: new #1", "answer": "Long. " * 50, "ask": ["yes", "1.10", "it's"]}
    after = add_record(before, record)
    assert after.startswith(before or b"")
    assert yaml.safe_load(after)[-1] == record


@pytest.mark.parametrize(
    ("raw", "edit"),
    [
        (b"- id: b\n  ask: [x]\n", lambda raw: add_phrasing(raw, "a", "x")),
        (b"x: 1\n", lambda raw: add_phrasing(raw, "a", "x")),
        (b"- id: a\n  ask: [" + b"x" * MAX_BYTES + b"]\n", lambda raw: add_phrasing(raw, "a", "x" * 99)),
        (b"[{id: b, ask: [x]}]\n", lambda raw: add_record(raw, {"id": "a"})),
    ],
)
def test_what_cant_be_added_safely_is_refused(raw, edit):
    """The bot would rather ask for a hand than guess."""
    with pytest.raises(EditError):
        edit(raw)


@pytest.mark.parametrize(
    ("name", "file"),
    [("checks.yaml", "checks.yaml"), ("pay.yaml", "answers/pay.yaml"), ("answers/pay.yaml", "answers/pay.yaml")],
)
def test_a_file_finds_its_place(name, file):
    """What is not one of the known files holds answers."""
    assert file_named(name) == file


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("pay.yaml", "not_covered/pay.yaml"),
        ("place.yaml", "vocabulary/place.yaml"),
        ("ay.yaml", "answers/ay.yaml"),
        ("answers/pay.yaml", "answers/pay.yaml"),
        ("skills (1).yaml", "answers/skills.yaml"),
        ("Où_aller.yml", "answers/Où aller.yml"),
        ("Ou_aller.yml", "answers/Où aller.yml"),
    ],
)
def test_a_file_that_is_there_is_found_by_its_bare_name(name, file):
    """As Discord and browsers send it: without its folder, with other signs or a number."""
    present = ["answers/skills.yaml", "not_covered/pay.yaml", "vocabulary/place.yaml", "answers/Où aller.yml"]
    assert file_named(name, present) == file


@pytest.mark.parametrize(
    "name",
    [
        "../x.yaml",
        "/etc/x.yaml",
        "a/b.yaml",
        "answers/../x.yaml",
        ".x.yaml",
        "x.yml",
        "X.yaml",
        "answers",
        "x.yaml\0",
        "\\x.yaml",
        "-.yaml",
        "x" * 60 + ".yaml",
        "x.yaml\n",
    ],
)
def test_path_tricks_are_refused(name):
    """No name leads out of the folder."""
    with pytest.raises(EditError):
        file_named(name)
