"""`ask --json`: JSON Lines in, JSON Lines out, in order, one at a time, at a steady memory.

What comes out is ASCII, so that no locale, and no half of an emoji, can stand in its way.
"""

import json
import time
from collections.abc import Iterable, Iterator, MutableMapping
from typing import Any

from cachetools import LRUCache

from bot.dialogue.advisor import Advisor
from bot.dialogue.records import Conversation
from bot.ui.texts import plain_text

MAX_CONVERSATIONS = 10_000


def answer_lines(advisor: Advisor, lines: Iterable[str | bytes]) -> Iterator[str]:
    """One line of JSON for each line (bytes are UTF-8); a bad line gets `{"error": …}` and does not stop the rest."""
    conversations: LRUCache[str, Conversation] = LRUCache(MAX_CONVERSATIONS)
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(advisor, line, conversations))


def _answer(advisor: Advisor, line: str | bytes, conversations: MutableMapping[str, Conversation]) -> dict[str, Any]:
    try:
        row = json.loads(line)
        key = json.dumps(row["conversation"]) if isinstance(row, dict) and "conversation" in row else "null"
    except (ValueError, RecursionError) as error:
        return {"error": f"not JSON: {error}"}
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        return {"error": 'each line must be an object such as {"question": "…", "conversation": "any key"}'}
    begun = time.perf_counter()
    reply = advisor.reply(row["question"], conversations.get(key, Conversation()))
    milliseconds = (time.perf_counter() - begun) * 1000
    if key != "null":
        conversations[key] = reply.conversation
    return {
        "question": row["question"],
        "outcome": str(reply.outcome),
        "entries": [{"id": e.id, "title": e.title, "confidence": round(e.confidence, 3)} for e in reply.entries],
        "record": reply.record,
        "record_confidence": round(reply.record_confidence, 3),
        "text": plain_text(advisor.knowledge, reply),
        "ms": round(milliseconds, 3),
    }
