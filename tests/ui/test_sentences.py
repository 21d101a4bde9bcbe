"""What the bot says: short, and within Discord's limits."""

import re

import pytest

from bot.matching.decision import Outcome
from bot.ui import sentences
from bot.ui.layouts import MAX_LABEL
from bot.ui.texts import plain_text

SPOKEN = {name: text for name, text in vars(sentences).items() if name.isupper() and isinstance(text, str)}
SPOKEN |= {f"BUTTON_STEP_{number}": text for number, text in enumerate(sentences.STEPS, 1)}
SPOKEN |= {f"BUTTON_PREFERENCE_{number}": text for number, text in enumerate(sentences.PREFERENCES, 1)}
SPOKEN |= {f"EXPLAINED_{key}": text for key, text in sentences.OUTCOMES_EXPLAINED.items()}
SPOKEN |= {f"OUTCOME_{key}": text for key, text in sentences.OUTCOMES.items()}
LONG = {"HELP", "ABOUT", "PRIVACY"}


@pytest.mark.parametrize("name", SPOKEN)
def test_sentences_are_short(name):
    """One breath: at most 25 words a sentence; buttons at most 20 characters; pages at most 1,000."""
    text = SPOKEN[name]
    if name.startswith("BUTTON"):
        assert len(text) <= 20
    elif name in LONG:
        assert len(text) <= 1000
    assert all(len(part.split()) <= 25 for line in text.splitlines() for part in re.split(r"(?<=[.!?:;])\s", line))


def test_replies_of_the_knowledge_are_short(knowledge):
    """A decline or small talk is read at a glance."""
    for record in (*knowledge.not_covered.values(), *knowledge.small_talk.values()):
        assert len(record.reply) <= 220, record.id


def test_the_quiz_is_plain_and_short(knowledge):
    """A statement is read at a glance; so is a result."""
    quiz = knowledge.quiz
    activities = [s.text for s in quiz.statements] + [text for t in quiz.tie_breakers for text in t.rather.values()]
    assert all(len(text.split()) <= 14 for text in activities)
    assert all(len(result.step) <= 140 for result in quiz.results.values())
    assert all(len(s) <= 90 for d in quiz.dimensions.values() for s in (d.high, d.middle, d.low))


def test_titles_fit_a_button(knowledge):
    """Titles are the labels of buttons; about 34 characters are seen on a phone."""
    assert all(len(e.title) <= 34 for e in knowledge.entries.values())
    assert all(len(e.title) <= MAX_LABEL for e in knowledge.entries.values())


@pytest.mark.parametrize(
    ("question", "outcome", "part"),
    [
        ("what does a junior AI engineer earn", Outcome.ANSWER, "$90,000 to $130,000"),
        ("prompt engineer salary in Germany", Outcome.DECLINE, "The nearest I have:\n• "),
        ("hello there bot", Outcome.SMALL_TALK, ""),
        ("compare the skills of both roles", Outcome.ANSWER, "AI engineer skills\n"),
    ],
)
def test_plain_text(advisor, question, outcome, part):
    """The terminal's text of each outcome."""
    reply = advisor.reply(question)
    assert reply.outcome is outcome
    assert part in plain_text(advisor.knowledge, reply)
