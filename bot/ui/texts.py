"""Replies and entries → plain text and Markdown. Knows no Discord: the terminal and the layouts both use it."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, zip_longest

from bot.dialogue.records import Aspect, Reply
from bot.knowledge.placeholders import fill, fill_reply
from bot.knowledge.records import Entry, KnowledgeBase, Source
from bot.matching.decision import Outcome
from bot.ui import sentences

# Discord shows 4,000 characters in one message; buttons and headings need some of them.
MAX_TEXT = 3400
MAX_QUOTE = 150
# Names as short as this are abbreviations: UK, IBM.
ABBREVIATION = 3
STARTERS = 3
# More of what a member told is not said back at once.
MAX_NOTES = 2
SENTENCE_END = re.compile(r"(?<=[a-z)][.!?])\s")
# What Discord reads as Markdown. Links stay as they are, for it would show a backslash in them.
MARKDOWN = re.compile(r"(https?://[^\s<]+)|([\\*_~`|>#\[\]()]|^-)")
MENTION = re.compile(r"@(?=everyone|here|[!&]?\d{17,20})")
ESCAPE = re.compile(r"\\([^\w\s]|_)|\u200b")


def cut(text: str, most: int = MAX_TEXT) -> str:
    """The text, not longer than this."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def escape(text: str) -> str:
    """A member's words, harmless: on one line, shown as they were typed, mentioning nobody."""
    shown = MARKDOWN.sub(lambda found: found[1] or "\\" + found[2], " ".join(text.split()))
    return MENTION.sub("@\u200b", shown)


def quoted(text: str, most: int = MAX_QUOTE) -> str:
    """A member's words, harmless, cut to a readable length."""
    return escape(cut(" ".join(text.split()), most))


def unescape(text: str) -> str:
    """What was escaped."""
    return ESCAPE.sub(r"\1", text)


def spoken(knowledge: KnowledgeBase, sentence: str) -> str:
    """A sentence of the bot's, with what the knowledge says of itself: what it is about, what its source is called."""
    source = knowledge.source.called if knowledge.source else Source.model_fields["called"].default
    words = {"{about}": knowledge.about, "{source}": source, "{Source}": source[:1].upper() + source[1:]}
    for name, text in words.items():
        sentence = sentence.replace(name, text)
    return sentence


def by_references(knowledge: KnowledgeBase) -> tuple[str, ...]:
    """All entries, those first that most others refer to."""
    count = Counter(target for entry in knowledge.entries.values() for target in entry.related)
    return tuple(sorted(knowledge.entries, key=lambda entry_id: -count[entry_id]))


def starters(knowledge: KnowledgeBase) -> tuple[str, ...]:
    """A few entries to begin with."""
    return by_references(knowledge)[:STARTERS]


def entries_shown(knowledge: KnowledgeBase, ids: Sequence[str], aspect: Aspect = Aspect.ANSWER) -> tuple[Entry, ...]:
    """The entries that a reply shows: each, and below its answer those that it sets side by side."""
    beside = aspect in {Aspect.ANSWER, Aspect.AGAIN}
    shown = (i for entry_id in ids for i in (entry_id, *(knowledge.entries[entry_id].side_by_side if beside else ())))
    return tuple(knowledge.entries[i] for i in dict.fromkeys(shown))


def answer_text(knowledge: KnowledgeBase, entry: Entry, aspect: Aspect = Aspect.ANSWER) -> str:
    """What was asked of an entry, with its figures; where the source has no such thing, that, and the answer."""
    answer = fill(entry, knowledge.entries).strip()
    match aspect:
        case Aspect.MORE if entry.more:
            return fill(entry, knowledge.entries, entry.more).strip()
        case Aspect.REASON if entry.because:
            return fill(entry, knowledge.entries, entry.because).strip()
        case Aspect.ANSWER:
            return answer
        case _:
            lead, first = (
                spoken(knowledge, sentences.ASPECTS.get(aspect, "")),
                SENTENCE_END.split(answer, maxsplit=1)[0],
            )
            return f"{lead} {first}".strip()


def personal_notes(knowledge: KnowledgeBase, reply: Reply) -> list[str]:
    """What follows from what the member told, for the role that the answer is about; the latest of it."""
    roles = {knowledge.entries[e.id].role for e in reply.entries}
    role = next(iter(roles)) if len(roles) == 1 else None
    facts = {fact.id: fact for fact in knowledge.personal_facts.facts}
    told = [facts[i] for i in reply.told if i in facts][-MAX_NOTES:]
    return [f"{fact.since}: {note.text}" for fact in told for note in fact.notes if note.role == role]


def source_line(knowledge: KnowledgeBase, entries: Sequence[Entry], aspect: Aspect = Aspect.ANSWER) -> str | None:
    """Where the answers stand in the source."""
    has_more = aspect in {Aspect.MORE, Aspect.REASON}
    paragraphs = sorted({p for e in entries for p in (*e.source, *(e.more_source if has_more else ()))})
    if not paragraphs or knowledge.source is None:
        return None
    noun = "paragraph" if len(paragraphs) == 1 else "paragraphs"
    listed = f"{noun} {', '.join(map(str, paragraphs))}"
    return spoken(knowledge, sentences.SOURCE_LINE).format(year=knowledge.source.year, paragraphs=listed)


def related_entries(shown: Sequence[Entry]) -> tuple[str, ...]:
    """The related entries of all that is shown, taken in turn, without those that are shown."""
    known = {entry.id for entry in shown}
    in_turn = chain.from_iterable(zip_longest(*(entry.related for entry in shown)))
    return tuple(i for i in dict.fromkeys(in_turn) if i and i not in known)


def reply_sentence(knowledge: KnowledgeBase, reply: Reply) -> str:
    """The one sentence of a reply that is no answer."""
    if reply.outcome is Outcome.CLARIFY:
        return sentences.CLARIFY
    if reply.outcome is Outcome.SMALL_TALK and reply.record:
        return knowledge.small_talk[reply.record].reply
    if reply.record is None:
        nothing_said = bool(reply.why) and not reply.why[0].utterance.words
        return spoken(knowledge, sentences.EMPTY if nothing_said else sentences.UNKNOWN)
    sentence = fill_reply(
        knowledge.not_covered[reply.record].reply.strip(), _slot_names(knowledge, reply), knowledge.entries
    )
    return f"{sentence}{_figures(knowledge, reply)}"


def _slot_names(knowledge: KnowledgeBase, reply: Reply) -> dict[str, str]:
    """How the question called what restricts it, by slot; where it names nothing, what stands for that."""
    names = {name: slot.unnamed for name, slot in knowledge.slots.items()}
    for mention, words in ((m, match.utterance.words) for match in reply.why for m in match.utterance.slots):
        slot, name = mention.key.partition(".")[0], " ".join(words[mention.start : mention.end])
        if knowledge.slots[slot].capitalised:
            name = name.removeprefix("the ")
            name = name.upper() if len(name) <= ABBREVIATION else name.title()
        names[slot] = name
    return names


def _figures(knowledge: KnowledgeBase, reply: Reply) -> str:
    """What the source has of what was asked for elsewhere, labelled as what it is: one level, or a role's all."""
    topic = knowledge.not_covered[reply.record or ""].topic
    nearest = next((knowledge.entries[e.id] for e in reply.entries if e.id in knowledge.entries), None)
    if nearest is None or not nearest.role or not topic or nearest.topic != topic:
        return ""
    alike = [e for e in knowledge.entries.values() if (e.role, e.topic) == (nearest.role, topic)]
    shown = [nearest] if nearest.figures else [e for e in alike if e.figures and e.figures.per == "year"]
    figures = [(e.title, e.figures) for e in shown if e.figures]
    ranges = "; ".join(f"{t}: {f.range}{sentences.AND_ABOVE if f.and_above else ''} per {f.per}" for t, f in figures)
    region = next((f.region for _, f in figures if f.region), sentences.NO_COUNTRY)
    return sentences.FIGURES.format(ranges=ranges, place=region) if figures else ""


def plain_text(knowledge: KnowledgeBase, reply: Reply) -> str:
    """The whole reply as plain text, for the terminal and for JSON."""
    if reply.outcome is Outcome.ANSWER:
        shown = entries_shown(knowledge, [e.id for e in reply.entries], reply.aspect)
        texts = [answer_text(knowledge, entry, reply.aspect) for entry in shown]
        if len(shown) > 1:
            texts = [f"{entry.title}\n{text}" for entry, text in zip(shown, texts, strict=True)]
        return "\n\n".join(filter(None, [" ".join(personal_notes(knowledge, reply)), *texts]))
    lead = [sentences.NEAREST] if reply.outcome is Outcome.DECLINE and reply.entries else []
    return "\n".join([reply_sentence(knowledge, reply), *lead, *(f"• {entry.title}" for entry in reply.entries)])
