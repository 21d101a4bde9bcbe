"""Another id for a record: all that names it changes with it, and nothing else."""

import pytest

from bot.curation.renaming import renamed
from bot.knowledge.loader import load, load_contents, read_folder
from bot.knowledge.writing import EditError
from tests import small
from tests.conftest import KNOWLEDGE


@pytest.mark.parametrize("old", ["prompt_engineer.salary.entry", "fit.choose", "remote_work"])
def test_every_reference_changes_with_it(old):
    """Of the shipped knowledge: the files are as before, but for the name."""
    contents, _ = read_folder(KNOWLEDGE)
    changed = renamed(contents, old, "some.thing_new")
    before, after = load_contents(contents), load_contents({**contents, **changed})
    assert [i if i != "some.thing_new" else old for i in after.intents] == list(before.intents)
    for file, raw in changed.items():
        assert raw.replace(b"some.thing_new", old.encode()) == contents[file]


def test_what_only_reads_like_it_stays(tmp_path):
    """A phrasing, an answer or a longer id that holds the same words."""
    entries = small.ENTRIES.replace("answer: Bakers get up early.", "answer: See baker.pay for more.")
    entries += (
        small.ENTRIES.split("\n\n")[0]
        .replace("id: baker.pay", "id: baker.pay.extra")
        .replace("[what does a baker earn, baker wage, how much money do bakers make]", "[extra baker.pay]")
    )
    contents, _ = read_folder(small.write(tmp_path, answers__work=entries))
    changed = renamed(contents, "cook.pay", "cook.wage")
    assert "related: [cook.wage]" in changed["answers/work.yaml"].decode()
    changed = renamed(contents, "baker.pay", "baker.wage")["answers/work.yaml"].decode()
    assert "- id: baker.pay.extra" in changed
    assert "See baker.pay for more." in changed


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("nobody", "x", "There is no record"),
        ("cook.pay", "baker.pay", "is taken"),
        ("cook.pay", "Cook Pay", "can't be"),
    ],
)
def test_what_can_not_be_is_told(tmp_path, old, new, part):
    """Nothing is changed."""
    contents, _ = read_folder(small.write(tmp_path))
    with pytest.raises(EditError, match=part):
        renamed(contents, old, new)


def test_the_command_saves_it(tmp_path):
    """From the terminal."""
    from tests.test_cli import run  # noqa: PLC0415 - its helpers bring the whole command line

    folder = small.write(tmp_path)
    result = run("rename", "baker.pay", "baker.wage", "--knowledge", folder)
    assert result.exit_code == 0
    assert "baker.wage" in load(folder).entries
    assert load(folder).checks[0].expect == ("baker.wage",)
