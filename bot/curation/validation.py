"""Whether knowledge files can be used: well-formed, consistent, and with a fair quiz. Knows nothing of what follows."""

from collections.abc import Iterable

from bot.knowledge.loader import Contents, load_contents
from bot.knowledge.problems import Problem
from bot.knowledge.records import KnowledgeBase
from bot.quiz.fairness import require_fair


def validated(contents: Contents, problems: Iterable[Problem] = ()) -> KnowledgeBase:
    """The knowledge in these files. Raises KnowledgeError with every problem, an unfair quiz among them."""
    knowledge = load_contents(contents, problems)
    require_fair(knowledge)
    return knowledge
