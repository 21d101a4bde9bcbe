"""The READMEs are true: their commands exist, their settings are the settings, their links lead somewhere."""

import re

import pytest
import typer

from bot.cli import app
from bot.exts.curation.cog import CurationCommands
from bot.knowledge.schema import read_records
from bot.knowledge.strict_yaml import read
from bot.settings import Settings
from tests.conftest import ROOT

README, OPERATORS, MODERATORS = (
    (ROOT / page).read_text(encoding="utf-8") for page in ("README.md", "bot/README.md", "knowledge/README.md")
)
COMMANDS = set(typer.main.get_command(app).commands)


def table(heading):
    """The rows of the first table under a heading of the operators' page."""
    section = OPERATORS.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in rows]


def test_the_settings_table_is_the_settings():
    """Every setting, its default, and no other."""
    rows = {row[0].strip("`"): row[1].strip("`| ") for row in table("Settings")}
    assert set(rows) == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        shown = "" if field.default in (None, frozenset(), ()) else str(field.default)
        assert rows[name.upper()] == shown, name


def test_the_command_table_is_the_commands():
    """Every command, and no other."""
    assert {row[0].strip("`") for row in table("Commands")} == COMMANDS


def test_every_command_named_anywhere_exists():
    """For newcomers, operators and moderators."""
    assert set(re.findall(r"python -m bot ([a-z-]+)", README + OPERATORS + MODERATORS)) <= COMMANDS


def test_the_moderators_commands_are_all_there():
    """Those of `/knowledge`, in its table, and no other."""
    rows = [line.split("|")[1] for line in MODERATORS.splitlines() if line.startswith("| `/knowledge ")]
    named = {name for row in rows for name in re.findall(r"(\w+)`", row)}
    assert named == {command.name for command in CurationCommands.knowledge.commands}


def test_the_gate_runs_the_readmes_test_command():
    """The one that newcomers run, and what it leaves out."""
    command = next(line for line in README.splitlines() if line.endswith("-m pytest"))
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert command in gate
    assert "pytest -m slow" in gate


@pytest.mark.parametrize("page", ["README.md", "bot/README.md", "knowledge/README.md", "tests/benchmarks/README.md"])
def test_links_lead_somewhere(page):
    """Files, pictures, and headings of pages that the pages point to."""
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)]+)\)|src=\"([^\"]+)\"", text)
    for link in map("".join, links):
        path, _, heading = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), link
        assert not heading or heading in headings(target.read_text(encoding="utf-8")), link


def test_the_examples_of_the_moderators_page_are_right():
    """What is copied from there is no mistake: an entry, a chat, a file of names, a record of what is not covered."""
    examples = re.findall(r"```yaml\n(.*?)```", MODERATORS, re.DOTALL)
    files = ("answers/x.yaml", "conversation.yaml", "vocabulary/place.yaml", "not_covered/x.yaml")
    for file, example in zip(files, examples, strict=True):
        document, problems = read(file, example.encode())
        assert problems == []
        records, problems = read_records(document)
        assert (len(records), problems) == (1, [])


def headings(text):
    """The headings of a page, as links name them."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}
