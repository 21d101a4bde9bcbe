"""Progress in a custom_id: it comes back whole, it is never too long, and whoever changes it is found out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quiz.progress import Action, ForgedError, OutdatedError, Progress, decode, encode, fingerprint

KEY = b"a key of these tests"
answers = st.lists(st.none() | st.integers(0, 4), max_size=20).map(tuple)
progresses = st.builds(Progress, st.integers(0, 2**64 - 1), answers)
actions = st.sampled_from(Action)


@given(action=actions, progress=progresses)
def test_it_comes_back_whole(knowledge, action, progress):
    """Round trip, for every owner and all answers that the longest quiz may have."""
    custom_id = encode(action, progress, knowledge.quiz, KEY)
    assert len(custom_id) <= 100
    assert decode(custom_id, knowledge.quiz, KEY) == (action, progress)


@given(action=actions, progress=progresses, data=st.data())
def test_tampering_is_found_out(knowledge, action, progress, data):
    """Whatever character is changed, added or left out."""
    custom_id = encode(action, progress, knowledge.quiz, KEY)
    start = data.draw(st.integers(0, len(custom_id)))
    end = data.draw(st.integers(start, len(custom_id)))
    changed = custom_id[:start] + data.draw(st.text(max_size=5)) + custom_id[end:]
    if changed != custom_id:
        with pytest.raises(ForgedError):
            decode(changed, knowledge.quiz, KEY)


@given(st.text(max_size=100))
def test_nothing_else_is_read(knowledge, text):
    """Any other text is no progress."""
    with pytest.raises(ForgedError):
        decode(text, knowledge.quiz, KEY)


def test_another_key_is_not_ours(knowledge):
    """Another bot's buttons."""
    with pytest.raises(ForgedError):
        decode(encode(Action.GO, Progress(1), knowledge.quiz, b"another"), knowledge.quiz, KEY)


def test_an_edited_quiz_is_told_apart(knowledge):
    """A statement was reworded meanwhile; a result's sentence may be."""
    quiz = knowledge.quiz
    first = quiz.statements[0].model_copy(update={"text": "I like tea."})
    edited = quiz.model_copy(update={"statements": (first, *quiz.statements[1:])})
    with pytest.raises(OutdatedError):
        decode(encode(Action.GO, Progress(1), quiz, KEY), edited, KEY)
    assert fingerprint(quiz.model_copy(update={"results": {}})) == fingerprint(quiz)


def test_another_version_is_told_apart(knowledge, monkeypatch):
    """A button of an older or newer bot."""
    monkeypatch.setattr("bot.quiz.progress.VERSION", "0")
    old = encode(Action.GO, Progress(1), knowledge.quiz, KEY)
    monkeypatch.undo()
    with pytest.raises(OutdatedError):
        decode(old, knowledge.quiz, KEY)


@given(progress=progresses, answer=st.none() | st.integers(0, 4))
def test_back_takes_the_last_answer_back(progress, answer):
    """Answering and going back is where one was."""
    assert progress.answered(answer).back() == progress
