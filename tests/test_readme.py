"""The README is true: its commands exist, its settings are the settings, its links lead somewhere."""

import re

import pytest
import typer

from bot.cli import app
from bot.settings import Settings
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = set(typer.main.get_command(app).commands)


def table(heading):
    """The rows of the first table under a heading."""
    section = README.split(f"## {heading}\n")[1].split("\n## ")[0]
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
    """Here and in the moderators' guide."""
    guide = (ROOT / "knowledge" / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"python -m bot ([a-z-]+)", README + guide)) <= COMMANDS


def test_the_gate_runs_the_readmes_test_command():
    """The one that newcomers run, and what it leaves out."""
    command = next(line for line in README.splitlines() if line.endswith("-m pytest"))
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert command in gate
    assert "pytest -m slow" in gate


@pytest.mark.parametrize("page", ["README.md", "knowledge/README.md", "tests/benchmarks/README.md"])
def test_links_lead_somewhere(page):
    """Files that the pages point to."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []
