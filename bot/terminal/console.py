"""Where commands print, and how they end when something is wrong: one sentence and an exit code. Knows no command."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer
from rich.console import Console

from bot.knowledge.problems import KnowledgeError

out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True)
FAILED, USAGE = 1, 2


def stop(message: str, code: int) -> NoReturn:
    """End the command with this sentence and this exit code."""
    err.print(f"[bold red]Error:[/] {message}", highlight=False)
    raise typer.Exit(code)


@contextmanager
def stopping(sentence: str, code: int, *errors: type[Exception]) -> Iterator[None]:
    """One of these errors ends the command with a sentence that holds it and this exit code."""
    try:
        yield
    except errors as error:
        stop(sentence.format(error=error), code)


@contextmanager
def problems_told(folder: Path) -> Iterator[None]:
    """Where the knowledge has problems, print each and end with exit code 1."""
    try:
        yield
    except KnowledgeError as error:
        for problem in error.problems:
            err.print(str(problem), markup=False, highlight=False, emoji=False)
        count = len(error.problems)
        stop(f"{count} problem{'s' if count > 1 else ''} in {folder}. Nothing of it is used until fixed.", FAILED)
