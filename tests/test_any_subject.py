"""Nothing in the code knows what the knowledge is about: another community puts its own folder in place."""

import re
from pathlib import Path

import pytest

import bot
from bot.dialogue.advisor import Advisor
from bot.dialogue.records import Conversation
from bot.knowledge.loader import load
from bot.matching.decision import Outcome
from bot.terminal.starter import STARTER
from bot.ui import sentences
from bot.ui.texts import plain_text, source_line, spoken
from tests import small

SUBJECT = re.compile(r"prompt.?engineer|\bAI\b|\bLLM|the article", re.IGNORECASE)
# Descriptions of fields show how they may be filled.
EXAMPLES = {"records.py"}


@pytest.mark.parametrize("path", sorted(Path(bot.__file__).parent.rglob("*.py")), ids=lambda path: path.name)
def test_no_word_of_the_subject_is_in_the_code(path):
    """Names, sentences and examples come from the knowledge files."""
    found = [] if path.name in EXAMPLES else SUBJECT.findall(path.read_text(encoding="utf-8"))
    assert found == []


SOURCE = "title: Bread\nyear: 2026\nparagraphs: 2\nabout: bakers and cooks\ncalled: the handbook\n"


@pytest.fixture(scope="module")
def bakers(tmp_path_factory):
    """Another community's advisor."""
    return Advisor(load(small.write(tmp_path_factory.mktemp("knowledge"), source=SOURCE)))


def test_the_bot_speaks_of_its_own_subject_and_source(bakers):
    """In what it says of itself, below answers, and where it has none."""
    knowledge = bakers.knowledge
    assert spoken(knowledge, sentences.EMPTY) == "Ask me anything about bakers and cooks, in your own words."
    assert source_line(knowledge, [knowledge.entries["baker.pay"]]) == "From the handbook (2026), paragraph 1"
    assert "the handbook" in spoken(knowledge, sentences.UNKNOWN)


def test_other_currencies_are_written_as_theirs(tmp_path):
    """A sign where there is one, else the code."""
    for code, amount in {"EUR": "€30,000 to €50,000", "CHF": "CHF 30,000 to CHF 50,000"}.items():
        entries = small.ENTRIES.replace("currency: USD, low: 30000", f"currency: {code}, low: 30000")
        knowledge = load(small.write(tmp_path / code, answers__work=entries))
        assert knowledge.entries["baker.pay"].figures.range == amount


def test_without_roles_it_is_a_plain_list_of_questions(tmp_path):
    """Entries alone: answers, follow-ups, declines and clarifications do without roles, topics and levels."""
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "faq.yaml").write_text(
        "- {id: parking, title: Where to park, answer: Park behind the hall., ask: [where can i park, parking lot]}\n"
        "- {id: entry_fee, title: What it costs, answer: It is free., ask: [what does it cost, is there a fee]}\n"
    )
    advisor = Advisor(load(tmp_path))
    reply = advisor.reply("where can i park")
    assert (reply.outcome, "behind the hall" in plain_text(advisor.knowledge, reply)) == (Outcome.ANSWER, True)
    for text in ("and the fee?", "both", "the other one", "why", "compare them", "quantum flux", "park or fee?"):
        reply = advisor.reply(text, reply.conversation)
        assert plain_text(advisor.knowledge, reply)


@pytest.fixture(scope="module")
def begun():
    """The advisor of the folder that a community begins with."""
    return Advisor(load(STARTER))


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("what does a florist do", "and gardeners?"), "gardener.definition"),
        (("how do i become a gardener", "and the other one?"), "florist.start"),
        (("what does a florist do all day", "salary in norway?"), "pay_elsewhere"),
        (("do i need a degree",), "degree_and_age"),
        (("how much does a carpenter earn",), "other_jobs"),
        (("is gardening for me", "lol", "thx"), "thanks"),
    ],
)
def test_a_new_community_has_answers_declines_and_conversations_from_the_start(begun, turns, expected):
    """Before a word of it is rewritten, and without an embedder."""
    conversation = Conversation()
    for turn in turns:
        reply = begun.reply(turn, conversation)
        conversation = reply.conversation
    assert expected in {reply.record, *(entry.id for entry in reply.entries[:1])}
