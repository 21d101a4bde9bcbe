"""Discord's own OpenAPI description, held against request bodies: strictly, and with the limits that it misses.

The file is not ours and not in the project: the environment variable DISCORD_OPENAPI names it.
"""

import copy
import json
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

FILE = os.environ.get("DISCORD_OPENAPI")
MISSING = "set DISCORD_OPENAPI to Discord's OpenAPI description (github.com/discord/discord-api-spec) for this"
# Fields that discord.py sends although the description does not know them, each with the reason why that is fine.
ALLOWED = {
    "nsfw": "Discord takes it with commands; the description leaves it out",
    "spoiler": "false, as Discord assumes anyway",
    "tts": "false; discord.py sends it with edits too, where it means nothing",
}
INTERACTION = "/interactions/{interaction_id}/{interaction_token}/callback"
V2, LAYOUT, BUTTON, TEXT = 1 << 15, {1, 9, 17}, 2, 10


@lru_cache(maxsize=1)
def _loaded() -> tuple[dict[str, Any], Registry[Any]]:
    description = json.loads(Path(str(FILE)).read_text(encoding="utf-8"))
    strict = copy.deepcopy(description)
    for schema in strict["components"]["schemas"].values():
        _tighten(schema)
    resource = Resource.from_contents(strict, default_specification=DRAFT202012)
    return strict, Registry().with_resource("urn:discord", resource)


def _tighten(schema: Any) -> None:
    """No properties but the known ones."""
    if isinstance(schema, dict):
        if "properties" in schema and "additionalProperties" not in schema:
            schema["additionalProperties"] = False
            schema["properties"] = {**dict.fromkeys(ALLOWED, True), **schema["properties"]}
        for part in schema.values():
            _tighten(part)
    elif isinstance(schema, list):
        for part in schema:
            _tighten(part)


@lru_cache(maxsize=256)
def _validator(method: str, template: str, kind: int | None) -> Draft202012Validator | None:
    description, registry = _loaded()
    content = description["paths"][template][method.lower()].get("requestBody", {}).get("content", {})
    media = next((m for m in ("application/json", "multipart/form-data") if m in content), None)
    if media is None:
        return None
    where = ["paths", template, method.lower(), "requestBody", "content", media, "schema"]
    if template == INTERACTION:  # the union is told apart by its type
        variants = content[media]["schema"]["anyOf"]
        where += ["anyOf", str(next(i for i, variant in enumerate(variants) if kind in _types(description, variant)))]
    pointer = "/".join(part.replace("~", "~0").replace("/", "~1") for part in where)
    return Draft202012Validator({"$ref": f"urn:discord#/{pointer}"}, registry=registry)


def _types(description: dict[str, Any], variant: dict[str, Any]) -> list[int]:
    schema = description["components"]["schemas"][variant["$ref"].rpartition("/")[2]]
    return _enum(description, schema["properties"]["type"])


def _enum(description: dict[str, Any], schema: dict[str, Any]) -> list[int]:
    if "$ref" in schema:
        return _enum(description, description["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    own = [schema["const"]] if "const" in schema else schema.get("enum", [])
    return own or [n for part in schema.get("oneOf", ()) for n in _enum(description, part)]


def template_of(method: str, path: str) -> str | None:
    """The path of the description that a request is for; the most literal one."""
    paths = _loaded()[0]["paths"]
    fits = [t for t in paths if method.lower() in paths[t] and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", t), path)]
    return min(fits, key=lambda t: t.count("{"), default=None)


def faults(method: str, path: str, body: Any) -> list[str]:
    """What Discord would say against a request; nothing where it is fine."""
    template = template_of(method, path.partition("?")[0])
    if template is None:
        return [f"{method} {path} is not in the description"]
    if body is None:
        return []
    body = _with_text_snowflakes(body)
    validator = _validator(method, template, body.get("type") if isinstance(body, dict) else None)
    worst = best_match(validator.iter_errors(body)) if validator else None
    found = [f"{worst.json_path}: {worst.message[:300]}"] if worst else []
    message = body.get("data") or body if isinstance(body, dict) and template == INTERACTION else body
    return found + (list(limits_missed(message)) if isinstance(message, dict) else list(_missed_commands(body)))


def _with_text_snowflakes(value: Any) -> Any:
    """Snowflakes that were sent as numbers, which Discord takes, as the texts that the description wants."""
    if isinstance(value, dict):
        value = {key: _with_text_snowflakes(item) for key, item in value.items()}
        if "attachments" in value:
            value["attachments"] = [{**a, "id": str(a["id"])} for a in value["attachments"] or ()]
        return value
    if isinstance(value, list):
        return [_with_text_snowflakes(item) for item in value]
    return str(value) if isinstance(value, int) and value > 1 << 52 else value


def limits_missed(message: dict[str, Any]) -> Any:
    """The limits of a message that the description does not tell."""
    items = list(_walk(message.get("components") or ()))
    content, is_v2 = message.get("content") or "", bool((message.get("flags") or 0) & V2)
    ids = [item["custom_id"] for item in items if "custom_id" in item]
    if len(content) > 2000:
        yield "content is longer than 2,000"
    if is_v2 and (content or message.get("embeds")):
        yield "content or embeds beside Components V2"
    if any(item["type"] in {TEXT, 9, 17} for item in items) and not is_v2:
        yield "Components V2 without the flag"
    if len(items) > 40:
        yield f"{len(items)} components"
    if len(ids) != len(set(ids)):
        yield "a custom_id stands twice"
    if sum(len(item["content"]) for item in items if item["type"] == TEXT) > 4000:
        yield "more than 4,000 characters of text"
    if any(item["type"] == 1 and len(item["components"]) > 5 for item in items):
        yield "more than five buttons in a row"
    if any(c in (message.get("allowed_mentions") or {}).get("parse", ()) for c in ("everyone", "users", "roles")):
        yield "mentions are allowed"


def _walk(items: Any) -> Any:
    for item in items:
        yield item
        yield from _walk(item.get("components") or ())
        yield from _walk([item["accessory"]] if item.get("accessory") else ())


def _missed_commands(commands: Any) -> Any:
    """The limits of commands that the description does not tell."""
    for command in commands if isinstance(commands, list) else ():
        if command.get("type", 1) == 1 and not re.fullmatch(r"[-_a-z0-9]{1,32}", command["name"]):
            yield f"the name {command['name']!r}"
        if len(command.get("options", ())) > 25:
            yield "more than 25 options"
