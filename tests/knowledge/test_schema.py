"""The JSON Schema says the same as the loader."""

import json

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.knowledge.schema import FILES, FOLDERS, file_schemas, json_schema
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


@pytest.mark.parametrize("file", sorted(KNOWLEDGE.rglob("*.yaml")), ids=lambda p: p.name)
def test_the_schema_of_its_kind_marks_nothing_in_a_shipped_file(file, knowledge):
    """With the ids, roles, topics and levels that there are."""
    name = file.relative_to(KNOWLEDGE).parts[0]
    schema = file_schemas(knowledge.names)[name]
    Draft202012Validator.check_schema(schema)
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(json.loads(json.dumps(data, default=str)))) == []


SLIPS = {
    "an unknown role": {"role": "bakr"},
    "an unknown topic": {"topic": "slary"},
    "an unknown level": {"level": "principal"},
    "an unknown entry": {"related": ["fit.chose"]},
    "a key": {"relatd": ["fit.choose"]},
    "no list": {"ask": "what is a"},
    "a number for a title": {"title": 7},
    "a text for a number": {"source": ["seven"]},
    "an empty list": {"ask": []},
    "a bad id": {"id": "A B"},
}


@pytest.mark.parametrize("slip", SLIPS)
def test_slips_are_marked(slip, knowledge):
    """What is typed wrong, and names of nothing, too."""
    entry = {"id": "a", "title": "A", "answer": "An answer.", "ask": ["what is a"]}
    validator = Draft202012Validator(file_schemas(knowledge.names)["answers"])
    assert list(validator.iter_errors([entry])) == []
    assert list(validator.iter_errors([{**entry, **SLIPS[slip]}]))
