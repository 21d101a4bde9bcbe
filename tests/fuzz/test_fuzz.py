"""Whatever comes from outside keeps the promises of its target."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import targets
from tests.fuzz.targets import TARGETS
from tests.small import ENTRIES

# Any text, words that mean something somewhere, and what is nearly right.
PIECES = (
    "salary", "prompt engineer", "@everyone", "**", "```", "\u202e", "{range}", "&a [*a]", "- id: ", "!!python", "%s",
    "quiz:1:go:", "tell:1:", "desk:undo:", "show:", "9" * 19, "../", "answers/x.yaml\n", "\x00", "\ud800", "0-3", ",",
    "postgresql://u:p@h/x", "[" * 50, ENTRIES,
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=6).map("".join)
)


@pytest.fixture(autouse=True)
def fitted(advisor, monkeypatch):
    """The advisor that all tests share, in the place of another on the same knowledge."""
    monkeypatch.setattr(targets, "advisor", lambda: advisor)


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_from_outside_breaks_a_promise(name):
    """Messages, custom_ids, files, uploads, settings, log lines."""
    for piece in PIECES:
        TARGETS[name](piece)

    @settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
    @given(TEXTS)
    def hold(text):
        TARGETS[name](text)

    hold()
