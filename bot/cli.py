"""The command line. Parses, calls the core, prints. Everything that needs Discord is imported only where it is used."""

import datetime as dt
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import Progress

from bot.dialogue.advisor import Advisor
from bot.embedders.choice import EmbedderChoice, NoEmbedderError, available, choose
from bot.embedders.fetching import FILES, FetchError, fetch, model_folder
from bot.evaluation import bins, failed_checks, read_labelled, score
from bot.knowledge.loader import load, load_contents, read_folder
from bot.knowledge.records import KnowledgeBase
from bot.knowledge.saving import replace_file
from bot.knowledge.schema import json_schema
from bot.knowledge.writing import EditError
from bot.matching.health import shortlist, weaknesses
from bot.model_cache import ModelCache
from bot.quiz.fairness import fairness, require_fair
from bot.quiz.simulation import simulate
from bot.terminal import ask_session, ask_stream, quiz_play, schema_files, tables
from bot.terminal.console import FAILED, USAGE, err, out, problems_told, stop, stopping
from bot.terminal.starter import copy_starter
from bot.ui.sentences import BOT_DESCRIPTION

if TYPE_CHECKING:
    from bot.curation.manager import KnowledgeManager
    from bot.settings import Settings

app = typer.Typer(help=BOT_DESCRIPTION, no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)

Knowledge = Annotated[
    Path, typer.Option("--knowledge", envvar="KNOWLEDGE_DIR", help="The folder of knowledge files.", show_default=True)
]
KNOWLEDGE = Path("knowledge")
Meaning = Annotated[
    EmbedderChoice | None,
    typer.Option("--embedder", help="How meaning is compared; by default as the setting EMBEDDER says."),
]
# More than this nobody reads.
MOST_WEAKNESSES = 20


def main() -> None:
    """Run the command line; Ctrl-C and a closed pipe end it quietly."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _load(folder: Path) -> KnowledgeBase:
    with problems_told(folder):
        return require_fair(load(folder))


def _settings() -> "Settings":
    """The settings, or one sentence about the first that is not usable and exit code 2."""
    from bot.settings import Settings  # noqa: PLC0415

    try:
        return Settings()
    except ValidationError as error:
        fault = error.errors()[0]
        name = str(fault["loc"][0]).upper() if fault["loc"] else "SHARD_IDS"
        stop(f"The setting {name} is not usable: {fault['msg']}.", USAGE)


def _models(choice: EmbedderChoice | None = None) -> ModelCache:
    settings = _settings()
    with stopping("{error}", USAGE, NoEmbedderError):
        embedder = choose(choice or settings.embedder, settings.data_dir, settings.model_dir)
    return ModelCache(embedder, settings.data_dir / "models")


def _keep(folder: Path, choice: EmbedderChoice | None = None) -> "KnowledgeManager":
    from bot.curation.manager import KnowledgeManager  # noqa: PLC0415 - brings the journal's database library
    from bot.curation.versions import KnowledgeVersions  # noqa: PLC0415 - the same

    settings, models = _settings(), _models(choice)
    is_background = models.is_slow and (choice or settings.embedder) is EmbedderChoice.AUTO

    def until_ready(knowledge: KnowledgeBase) -> Advisor:
        return _models(available(settings.data_dir, settings.model_dir)[1]).advisor(knowledge)

    versions = KnowledgeVersions(settings.data_dir / "versions")
    with problems_told(folder), err.status("Learning how people ask …"):
        fit, better = (until_ready, models) if is_background else (models.advisor, None)
        return KnowledgeManager(folder, fit, better, versions)


def _fit(folder: Path, choice: EmbedderChoice | None = None) -> Advisor:
    knowledge, models = _load(folder), _models(choice)
    with err.status(f"Learning {knowledge.phrasings:,} phrasings …"):
        return models.advisor(knowledge)


@app.command()
def run() -> None:
    """Connect to Discord and answer there. Settings come from the environment."""
    from bot.journal.store import url_of  # noqa: PLC0415 - brings the database library
    from bot.lifecycle import NoLogin, run_bot  # noqa: PLC0415 - Discord is loaded only where it is used

    settings = _settings()
    with stopping("The setting DATABASE_URL is not usable: {error}", USAGE, ValueError):
        url_of(settings.data_dir, settings.database_url.get_secret_value() if settings.database_url else None)
    with stopping("The token file can't be read: {error}. Check DISCORD_TOKEN_FILE.", USAGE, OSError):
        token = settings.token()
    if not token:
        stop("There is no token. Set DISCORD_TOKEN to your bot's token; the README shows where to get it.", USAGE)
    manager = _keep(settings.knowledge_dir)
    with stopping("{error}", USAGE, NoLogin):
        run_bot(settings, manager, token)


@app.command()
def preview(
    knowledge: Knowledge = KNOWLEDGE,
    port: Annotated[int, typer.Option(help="The port on this machine; 0 takes a free one.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page in your browser.")] = True,
    embedder: Meaning = None,
) -> None:
    """Try the bot in your browser: no token, no account, no network."""
    needs_extra = "The preview needs its extra ({error.name} is missing): pip install '.\\[preview]'"
    with stopping(needs_extra, USAGE, ImportError):
        from bot.preview import serve  # noqa: PLC0415 - the extra may be missing
    serve(_keep(knowledge, embedder), port=port, open_browser=browser)


@app.command()
def ask(
    question: Annotated[
        str | None, typer.Argument(help="The question; without it, they are read line by line.")
    ] = None,
    knowledge: Knowledge = KNOWLEDGE,
    why: Annotated[bool, typer.Option("--why", help="Show the evidence.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines in and out.")] = False,
    embedder: Meaning = None,
) -> None:
    """Answer in the terminal."""
    advisor = _fit(knowledge, embedder)
    if as_json:
        lines = sys.stdin.buffer if question is None else [json.dumps({"question": question})]
        for line in ask_stream.answer_lines(advisor, lines):
            print(line, flush=True)  # noqa: T201 - JSON, not for rich to lay out
        return
    ask_session.replace_unreadable(sys.stdin, sys.stdout)
    if question is not None:
        ask_session.answer(advisor, question, out, why=why)
        return
    at_terminal = sys.stdin.isatty()
    if at_terminal:
        with suppress(ImportError):  # on Windows, the terminal itself edits lines
            import readline  # noqa: F401, PLC0415 - arrow keys in what is typed
    ask_session.converse(advisor, input, out, why=why, at_terminal=at_terminal)


@app.command()
def quiz(knowledge: Knowledge = KNOWLEDGE) -> None:
    """Play the fit quiz in the terminal."""
    known = _load(knowledge)
    if known.quiz is None:
        stop(f"There is no quiz.yaml in {knowledge}.", FAILED)
    quiz_play.play(known, known.quiz, Console())


@app.command()
def check(
    knowledge: Knowledge = KNOWLEDGE,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print a JSON Schema of the files, for your editor.")
    ] = False,
    schemas: Annotated[
        Path | None,
        typer.Option(help="Write a JSON Schema of each kind of file into this folder, with the ids there are."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show every weak spot, not only what harms most.")] = False,
    embedder: Meaning = None,
) -> None:
    """Check the knowledge files and report their health. Exit code 1 on errors."""
    if schema:
        print(json.dumps(json_schema(), indent=2))  # noqa: T201 - JSON, not for rich to lay out
        return
    if schemas:
        with stopping("The schemas can't be written: {error}.", FAILED, OSError):
            schema_files.write(schemas, _load(knowledge))
        out.print(f"The schemas are in {schemas}.")
        return
    advisor = _fit(knowledge, embedder)
    out.print(tables.summary(advisor.knowledge, advisor.matcher.embedder.name))
    if found := advisor.knowledge.quiz:
        out.print(tables.fairness_table(found, fairness(found)))
        out.print(tables.simulation_table(found, simulate(found)))
    with err.status("Looking for weak spots …"):
        weak = weaknesses(advisor.knowledge, advisor.matcher, dt.datetime.now(tz=dt.UTC).date())
    out.print(tables.weaknesses_table(weak, weak if every else shortlist(weak, MOST_WEAKNESSES)))
    failed = failed_checks(advisor)
    for scored in failed:
        question, wanted = scored.labelled.question, scored.labelled.wanted
        err.print(f'checks.yaml: "{question}" now gets {scored.given}, not {wanted}', markup=False)
    if failed:
        stop(f"{len(failed)} of {len(advisor.knowledge.checks)} questions of checks.yaml lost their answer.", FAILED)


@app.command()
def new(folder: Annotated[Path, typer.Argument(help="The folder to make; it must not hold anything yet.")]) -> None:
    """Begin a knowledge of your own: a small complete one, of two roles, to be rewritten file by file."""
    with stopping("{error}", FAILED, OSError):
        copy_starter(folder)
    out.print(f"{folder} is ready: try python -m bot preview --knowledge {folder}; its README says how to go on.")


@app.command()
def rename(
    old: Annotated[str, typer.Argument(help="The id that a record has.")],
    new: Annotated[str, typer.Argument(help="The id that it is to have.")],
    knowledge: Knowledge = KNOWLEDGE,
) -> None:
    """Give a record another id, and change it in every file that names it."""
    from bot.curation.renaming import renamed  # noqa: PLC0415 - brings the journal's database library

    contents, problems = read_folder(knowledge)
    with problems_told(knowledge), stopping("{error}", FAILED, EditError):
        load_contents(contents, problems)
        changed = renamed(contents, old, new)
        load_contents({**contents, **changed})
        for file, raw in changed.items():
            replace_file(knowledge, file, contents[file], raw)
    out.print(f"{old} is {new} now, in {', '.join(changed)}.", highlight=False)


@app.command()
def evaluate(
    files: Annotated[list[Path], typer.Argument(help="JSON Lines of labelled questions or dialogues.", exists=True)],
    knowledge: Knowledge = KNOWLEDGE,
    misses: Annotated[int, typer.Option(help="How many of the worst misses to show.")] = 15,
    embedder: Meaning = None,
    side_by_side: Annotated[bool, typer.Option(help="Compare all embedders that are on disk.")] = False,
    plot: Annotated[
        Path | None, typer.Option(help="Draw how far confidence can be relied on, as PNG, SVG or PDF.")
    ] = None,
) -> None:
    """Score labelled questions: accuracy by style, declines, reliability, confusions, the worst misses."""
    with stopping("{error}", FAILED, ValueError):
        dialogues = [dialogue for file in files for dialogue in read_labelled(file)]
    if side_by_side:
        settings = _settings()
        choices = reversed(available(settings.data_dir, settings.model_dir))
        out.print(tables.side_by_side({c: list(score(_fit(knowledge, c), dialogues)) for c in choices}))
        return
    advisor = _fit(knowledge, embedder)
    with err.status(f"Asking {sum(map(len, dialogues)):,} questions …"):
        scored = list(score(advisor, dialogues))
    for table in tables.evaluation_tables(scored, misses):
        out.print(table)
    if plot:
        from bot.charts.calibration_plot import draw  # noqa: PLC0415 - matplotlib is slow to import

        with stopping("The picture can't be written: {error}.", FAILED, OSError, ValueError):
            draw(bins(scored), plot)
        out.print(f"The reliability picture is in {plot}.")


@app.command()
def fetch_model() -> None:
    """Get the sentence model for the neural embedder (91 MB) into the data folder, once, checked by hash."""
    folder = model_folder(_settings().data_dir)
    with stopping("{error}", FAILED, FetchError), Progress(console=err) as progress:
        task = progress.add_task("Fetching the model", total=sum(file.size for file in FILES))
        fetch(folder, lambda size: progress.advance(task, size))
    out.print(f"The model is in {folder}. The neural embedder also needs the extra: pip install '.\\[neural]'")
