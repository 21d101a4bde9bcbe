"""What can be wrong with a knowledge file, told so that a moderator can fix it. Knows neither YAML nor records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process


@dataclass(frozen=True, order=True)
class Problem:
    """One fault, at a place (line and column count from 1), with the way to fix it."""

    file: str
    line: int
    column: int
    message: str
    # Whether the file can't be read at all: others may only seem wrong because of it.
    is_cause: bool = False

    def __str__(self) -> str:
        """`file:line:column: message`, the form that editors make a link of."""
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class KnowledgeError(Exception):
    """The knowledge can't be used. Carries every problem: files that can't be read, then the others, by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems, each once."""
        self.problems = tuple(sorted(set(problems), key=lambda problem: (not problem.is_cause, problem)))
        super().__init__("\n".join(map(str, self.problems)))


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """`Did you mean "x"?` for the likeliest of the known words, or an empty string."""
    match = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=70)
    return f' Did you mean "{match[0]}"?' if match else ""
