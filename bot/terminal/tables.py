"""Records → rich tables. Computes nothing but percentages."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot import evaluation
from bot.dialogue.records import Reply
from bot.evaluation import Counts, Scored
from bot.knowledge.quiz_records import Quiz
from bot.knowledge.records import KnowledgeBase
from bot.matching.health import Weakness
from bot.quiz.fairness import Fairness, Key
from bot.quiz.simulation import Simulation, standard_error
from bot.ui.explanation import explain

COLUMNS = ("n", "right %", "clarified %", "declined %", "wrong %")


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for column in columns:
        table.add_column(column, justify="right" if column.endswith("%") or column == "n" else "left", overflow="fold")
    return table


def why_table(reply: Reply) -> RenderableType:
    """The evidence for a reply: how the words were read, and the candidates with what speaks for each."""
    record = f", by {reply.record} ({100 * reply.record_confidence:.0f} %)" if reply.record else ""
    parts: list[RenderableType] = [Text(f"\nOutcome: {reply.outcome}{record}", style="bold")]
    for part in explain(reply):
        rows = Table.grid(padding=(0, 1))
        for c in part.candidates[:6]:
            kind = "" if c.target.kind == "entry" else f" ({c.target.kind})"
            rows.add_row(f"{100 * c.confidence:4.0f} %", Text(c.target.id + kind, style="bold"))
            phrasing = f": {c.phrasing}" if c.phrasing else ""
            rows.add_row("", Text(f"words {c.linear:.2f}, nearest phrasing {c.nearest:.2f}{phrasing}"))
        parts += [Text(f"\nRead as: {part.words}"), rows, Text(f"Facets: {part.facets}")]
    return Group(*parts)


def summary(knowledge: KnowledgeBase, embedder: str) -> RenderableType:
    """What the knowledge holds."""
    counts = {
        "entries": len(knowledge.entries),
        "phrasings": knowledge.phrasings,
        "topics that are not covered": len(knowledge.not_covered),
        "phrasings of those": sum(len(topic.ask) for topic in knowledge.not_covered.values()),
        "kinds of small talk": len(knowledge.small_talk),
        "guarded questions (checks.yaml)": len(knowledge.checks),
        "paragraphs to hold answers against (source.yaml)": len(knowledge.source.text) if knowledge.source else 0,
    }
    table = _table("Knowledge", "what", "n")
    for what, count in counts.items():
        table.add_row(what, f"{count:,}")
    table.add_row("embedder", embedder)
    return table


def weaknesses_table(weak: Sequence[Weakness], shown: Sequence[Weakness]) -> RenderableType:
    """Weak spots, what harms most first: how many of each kind, and those that are to be shown."""
    if not weak:
        return Text("No weak spots found.", style="green")
    counts = Counter(weakness.kind for weakness in weak)
    told = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    parts: list[RenderableType] = [Text(f"\n{len(weak)} weak spots: {told}.", style="bold")]
    parts.append(Text("The bot works; these are worth a look, what harms most first.\n"))
    for kind in dict.fromkeys(weakness.kind for weakness in shown):
        group = [weakness for weakness in shown if weakness.kind is kind]
        parts.append(Text(f"{kind.capitalize()}. {group[0].fix}", style="bold"))
        parts += [Text(f"  {w.place and f'{w.place}: '}{w.record}: {w.message}") for w in group]
        parts.append(Text())
    if len(shown) < len(weak):
        parts.append(Text(f"{len(weak) - len(shown)} more: python -m bot check --all", style="dim"))
    return Group(*parts)


def side_by_side(scored: Mapping[str, Sequence[Scored]]) -> RenderableType:
    """The accuracy with each embedder."""
    table = _table("Accuracy by embedder", "embedder", "questions", *COLUMNS)
    for name, group in scored.items():
        counts = evaluation.count_outcomes(group)
        follow_ups = counts.get(evaluation.FOLLOW_UP, Counts(0, 0, 0, 0, 0))
        table.add_row(name, "covered", *_cells(counts[evaluation.COVERED]))
        table.add_row("", "not covered", *_cells(counts[evaluation.UNCOVERED]))
        table.add_row("", "follow-ups", *_cells(follow_ups), end_section=True)
    return table


def _cells(counts: Counts) -> tuple[str, ...]:
    shares = (f"{100 * count / counts.questions:.1f}" if counts.questions else "–" for count in counts[1:])
    return str(counts.questions), *shares


def evaluation_tables(scored: Sequence[Scored], most: int) -> Iterator[RenderableType]:
    """The tables of `evaluate`."""
    table = _table("Accuracy by style", "style", *COLUMNS)
    for group, counts in evaluation.count_outcomes(scored).items():
        if group == evaluation.COVERED:
            table.add_section()
        table.add_row(group, *_cells(counts), style="bold" if group == evaluation.ALL else None)
    yield table
    yield Text(f"{sum(s.helpful_clarification for s in scored)} clarifications offered what was meant.\n")
    found = evaluation.bins(scored)
    error = f"calibration error {100 * evaluation.calibration_error(found):.1f} points"
    reliability = _table(f"Reliability of best guesses ({error})", "confidence %", "right %", "n")
    for one in found:
        reliability.add_row(f"{100 * one.confidence:.0f}", f"{100 * one.right:.0f}", str(one.questions))
    yield reliability
    pairs = _table("Confused most", "expected", "given", "n")
    for expected, given, count in evaluation.confusions(scored)[:most]:
        pairs.add_row(expected, given, str(count))
    worst = _table("Worst misses", "question", "expected", "given", "sure %")
    for s in evaluation.misses(scored)[:most]:
        worst.add_row(Text(s.labelled.question), s.labelled.wanted, s.given, f"{100 * s.confidence:.0f}")
    yield from (table for table in (pairs, worst) if table.row_count)


def fairness_table(quiz: Quiz, found: Fairness) -> Table:
    """What random answers get, and what the same step everywhere gets."""
    asked = f"{len(quiz.statements)} statements, {len(quiz.tie_breakers)} tie-breakers"
    table = _table(f"Fairness of the quiz ({asked}, exact)", "outcome", "random answers %", "same step everywhere")
    for key, share in found.random.items():
        steps = [str(step) for step, straight in enumerate(found.straight, 1) if straight == key]
        table.add_row(_outcome(key), f"{100 * share:.2f}", f"step {', '.join(steps)}" if steps else "–")
    table.caption = "No single statement names a role strongly, or turns one role into the other."
    return table


def simulation_table(quiz: Quiz, found: Simulation) -> RenderableType:
    """How well the quiz tells simulated takers apart."""
    columns = ("strongly right %", "right way %", "wrong way %", "strongly wrong %", "questions")
    table = _table("Takers of known interest, simulated", "true interests", *columns)
    for (first, second), case in found.cases.items():
        shares = (case.strongly_right, case.right, case.wrong, case.strongly_wrong)
        cells = (f"{100 * share:.1f}" for share in shares)
        table.add_row(f"{first:.0f} / {second:.0f}", *cells, f"{case.asked:.1f}")
    alpha = ", ".join(f"{role} {value:.2f}" for role, value in zip(quiz.roles, found.alpha, strict=True))
    error = f"Standard error of a scale: {standard_error(quiz):.1f} points by the model, {found.error:.1f} simulated."
    total = found.outcomes.total()
    outcomes = ", ".join(f"{_outcome(key)} {100 * count / total:.0f} %" for key, count in found.outcomes.most_common())
    return Group(table, Text(f"Cronbach's alpha: {alpha}. {error}\nTakers as they come: {outcomes}."))


def _outcome(key: Key) -> str:
    outcome, degree = key
    return f"{outcome}, {degree}" if degree else outcome
