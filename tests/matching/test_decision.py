"""Decisions: the outcome that is expected to cost the member least."""

import pytest

from bot.matching.decision import Outcome, decide
from bot.matching.facets import Facets
from bot.matching.matcher import Candidate, Match
from bot.matching.targets import Kind, Target


def match_of(*confidences, kinds=None):
    """A match with these probabilities."""
    kinds = kinds or [Kind.ENTRY] * len(confidences)
    return Match(
        tuple(
            Candidate(Target(kind, f"id{i}", f"Title {i}", ()), confidence, 0, 0, 0.5, "")
            for i, (confidence, kind) in enumerate(zip(confidences, kinds, strict=True))
        ),
        (),
        Facets(),
    )


@pytest.mark.parametrize(
    ("match", "outcome", "shown"),
    [
        (match_of(0.95, 0.05), Outcome.ANSWER, 1),
        (match_of(0.4, 0.35, 0.2, 0.05), Outcome.CLARIFY, 4),
        (match_of(0.1, 0.9, kinds=[Kind.ENTRY, Kind.NOT_COVERED]), Outcome.DECLINE, 1),
        (match_of(0.1, 0.9, kinds=[Kind.ENTRY, Kind.SMALL_TALK]), Outcome.SMALL_TALK, 1),
        (match_of(), Outcome.DECLINE, 0),
    ],
)
def test_each_outcome_has_its_case(match, outcome, shown):
    """Sure, torn, not covered, chat, nothing known."""
    decision = decide(match)
    assert decision.outcome is outcome
    assert len(decision.candidates) == shown


def test_a_wrong_answer_costs_more_than_asking_back():
    """Two equally likely entries are never answered by one of them."""
    assert decide(match_of(0.5, 0.5)).outcome is Outcome.CLARIFY
