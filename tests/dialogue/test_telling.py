"""What members tell of themselves, found in what they type, and what their message asks besides."""

import pytest

from bot.dialogue.telling import TellingReader


@pytest.fixture(scope="module")
def reader(knowledge):
    """The shipped words."""
    return TellingReader(knowledge.personal_facts, knowledge.vocabulary.grammar)


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        ("i'm a teacher", ("language",)),
        ("im a former primary school teacher who loves it", ("language",)),
        ("as a nurse, what can i do", ("health",)),
        ("i cant code and im a lawyer", ("cannot_code", "law")),
        ("qa tester. do prompt engineers test", ("code",)),
        ("im not a lawyer", ()),
        ("im a nurse, not a lawyer", ("health",)),
        ("what does a nurse earn", ()),
        ("do i know python well enough", ()),
        ("what is an ai engineer", ()),
    ],
)
def test_what_is_told(reader, message, facts):
    """Only what somebody says of themselves; a question about a job tells nothing."""
    assert reader.told(message) == facts


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("nurse here. what do they earn", "what do they earn"),
        ("hey im a nurse and tired, what is a prompt engineer", "what is a prompt engineer"),
        ("is it for me, i can't code", "is it for me,"),
        ("i like writing", ""),
        ("what do they earn", ""),
        ("ML engineer or LLM engineer, same thing?", ""),
    ],
)
def test_what_is_asked_besides(reader, message, asked):
    """Nothing where the message is of one piece."""
    assert reader.asked(message) == asked
