"""The JSON Schema says the same as the loader."""

import json

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.knowledge.schema import FILES, FOLDERS, json_schema
from tests import small
from tests.conftest import KNOWLEDGE


def validator(file):
    """A validator for one kind of file."""
    schema = json_schema()
    return Draft202012Validator({"$ref": f"#/$defs/files/{file}", "$defs": schema["$defs"]})


def test_it_is_a_schema():
    """Valid JSON Schema, and valid JSON."""
    Draft202012Validator.check_schema(json_schema())
    assert json.loads(json.dumps(json_schema()))["anyOf"]


@pytest.mark.parametrize("path", sorted(KNOWLEDGE.rglob("*.yaml")), ids=lambda p: p.relative_to(KNOWLEDGE).as_posix())
def test_the_shipped_files_keep_it(path):
    """An editor that uses the schema marks nothing in the shipped files."""
    kind = path.name if path.parent == KNOWLEDGE else path.parent.name
    assert kind in FOLDERS | FILES
    assert not list(validator(kind).iter_errors(yaml.safe_load(path.read_text(encoding="utf-8"))))


def test_it_marks_a_fault():
    """An unknown key is marked while one types."""
    entries = yaml.safe_load(small.ENTRIES)
    entries[0]["anwser"] = "x"
    assert list(validator("answers").iter_errors(entries))
