"""What can be checked by rule of the promise that an answer is true under every question that reaches it."""

import re

import pytest

from bot.knowledge.placeholders import fill
from bot.knowledge.records import Entry, KnowledgeBase

# Whoever opens with one of these answers a question that may have been asked the other way round. "No course is named"
# is a statement with a subject of its own and may stay; "No, …" may not.
POLARITY = re.compile(
    r"(?:yes|yep|yeah|no|nope|sure|true|false|right|correct|exactly|absolutely|definitely|of course)\s*[,.:;!–—]"
    r"|(?:not|mostly|mainly|neither|either|generally|usually|hardly|barely|never|always|partly|probably|possibly|maybe"
    r"|it depends|that depends|the (?:first|second|former|latter)|it|they)\b",
    re.IGNORECASE,
)
SUBJECTS = ("prompt", "ai ", "role", "career", "article", "expertise in both", "best professionals", "llm engineering", "background", "knowledge of")
# What only one role has, and where it is said of the other: an entry of its own kind, or a record that declines.
WITHOUT_TWIN = {
    "both.python_for_prompt_engineers": "ai_engineer.entry",
    "both.prompting_for_ai_engineers": "prompt_engineer.skills",
    "prompt_engineer.tools": "ai_engineer.skills",
    "prompt_engineer.salary.freelance": "ai_engineer_freelance_rate",
    "ai_engineer.leadership": "prompt_engineer.specialities",
    "ai_engineer.versus_neighbours": "versus_other_jobs",
}
LONGER_AT_MOST = 1.7
# Words that claim more than the article does of either role.
STRENGTH = ("always", "only", "every", "guarantee", "must", "easily", "best", "most", "certainly", "never")


def _texts(knowledge: KnowledgeBase) -> dict[str, str]:
    """All that members may read of the knowledge, by id."""
    answers = {entry.id: fill(entry, knowledge.entries) for entry in knowledge.entries.values()}
    replies = {r.id: r.reply for r in (*knowledge.not_covered.values(), *knowledge.small_talk.values())}
    return answers | replies


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?:])\s", text.strip())[0].casefold()


def _twins(knowledge: KnowledgeBase) -> list[tuple[Entry, Entry]]:
    """Each pair once."""
    pairs = ((entry, knowledge.twin(entry.id)) for entry in knowledge.entries.values())
    return [(entry, twin) for entry, twin in pairs if twin is not None and entry.id < twin.id]


@pytest.mark.parametrize("opening", ["Yes. The market", "No, neither is", "Mostly with", "Neither.", "Not really", "It is"])
def test_the_rule_finds_what_members_met(opening):
    """The openings that were seen are caught."""
    assert POLARITY.match(opening)


def test_no_reply_opens_with_a_polarity_word(knowledge):
    """Nobody knows which way round it was asked."""
    small_talk = set(knowledge.small_talk)
    opened = {i: t[:40] for i, t in _texts(knowledge).items() if i not in small_talk and POLARITY.match(t)}
    assert opened == {}


def test_every_answer_names_its_subject_at_once(knowledge):
    """In its first sentence, so that it stands alone under whatever was asked."""
    silent = {}
    for entry in knowledge.entries.values():
        first = _first_sentence(fill(entry, knowledge.entries))
        if not any(subject in first for subject in (*SUBJECTS, entry.title.casefold())):
            silent[entry.id] = first
    assert silent == {}


def test_an_answer_about_a_role_names_that_role(knowledge):
    """Its own, in its first sentence: the wrong role is the harm that members act on."""
    titles = {role: knowledge.vocabulary.roles[role].title.casefold() for role in knowledge.vocabulary.roles}
    unnamed = []
    for entry in knowledge.entries.values():
        if entry.role is not None:
            noun = titles[entry.role].removesuffix("er").removesuffix("e")
            first = _first_sentence(fill(entry, knowledge.entries))
            unnamed += [] if noun in first else [(entry.id, first)]
    assert unnamed == []


def test_whatever_one_role_has_the_other_has_or_it_is_said_why_not(knowledge):
    """Twins are equal."""
    alone = {e.id for e in knowledge.entries.values() if e.role is not None and knowledge.twin(e.id) is None}
    assert alone == set(WITHOUT_TWIN)
    assert set(WITHOUT_TWIN.values()) <= {*knowledge.entries, *knowledge.not_covered}


def test_twins_are_each_others_twin(knowledge):
    """The role exchanged, the same topic and level, and an id that says so."""
    for entry, twin in _twins(knowledge):
        assert knowledge.twin(twin.id) is entry
        assert (entry.topic, entry.level) == (twin.topic, twin.level)
        assert entry.id.split(".")[1:] == twin.id.split(".")[1:]


def test_twins_say_about_as_much(knowledge):
    """Neither role gets the scant answer."""
    uneven = {}
    for entry, twin in _twins(knowledge):
        lengths = [len(fill(e, knowledge.entries).split()) for e in (entry, twin)]
        if max(lengths) > LONGER_AT_MOST * min(lengths):
            uneven[entry.id] = lengths
    assert uneven == {}


def test_a_twin_claims_nothing_absolute(knowledge):
    """The article says nothing absolute of either role alone."""
    strong = {
        f"{e.id}: {word}"
        for pair in _twins(knowledge)
        for e in pair
        for word in STRENGTH
        if re.search(rf"\b{word}\b", fill(e, knowledge.entries), re.IGNORECASE)
    }
    assert strong == set()


def test_pay_is_given_with_its_place(knowledge):
    """Every answer with a yearly figure names the United States for prompt engineers, and no country for AI engineers."""
    for entry in knowledge.entries.values():
        text = fill(entry, knowledge.entries)
        yearly = re.findall(r"\$\d{2,3},\d{3}", text)
        if yearly and entry.role == "ai_engineer":
            assert re.search(r"no country|United States", text), entry.id
        elif yearly:
            assert "United States" in text, entry.id
