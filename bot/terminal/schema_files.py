"""JSON Schemas of the knowledge files → a folder, for editors. Knows no editor."""

import json
from pathlib import Path

from bot.knowledge.records import KnowledgeBase
from bot.knowledge.schema import file_schemas


def write(folder: Path, knowledge: KnowledgeBase) -> None:
    """One for each kind of file, with the ids and names that there are. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in file_schemas(knowledge.names).items():
        (folder / f"{name}.json").write_text(json.dumps(schema, indent=1), encoding="utf-8")
