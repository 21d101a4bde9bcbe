"""A question that the bot asks back about, whatever the knowledge makes of its words."""

import pytest

from bot.dialogue import advisor
from bot.matching.decision import Decision, Outcome
from bot.matching.targets import Kind


@pytest.fixture
def clarification(monkeypatch):
    """Make the advisor ask back, whatever the question."""

    def clarify(match, _):
        return Decision(Outcome.CLARIFY, match.of_kind(Kind.ENTRY)[:3], 0.1)

    monkeypatch.setattr(advisor, "decide", clarify)
