"""Records → rich tables. Computes nothing but percentages."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.dialogue.records import Reply
from bot.evaluation import (
    FOLLOW_UP,
    Bin,
    Counts,
    Scored,
    bins,
    by_style,
    calibration_error,
    confusions,
    count_outcomes,
    worst_misses,
)
from bot.knowledge.records import NOT_COVERED, KnowledgeBase, Quiz
from bot.matching.health import Weakness
from bot.matching.utterance import Facets
from bot.quiz.fairness import Fairness
from bot.ui.explanation import explain

MAX_OF_A_KIND = 10


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for column in columns:
        table.add_column(column, justify="right" if column.endswith("%") or column == "n" else "left", overflow="fold")
    return table


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "–"


def why_table(reply: Reply) -> RenderableType:
    """The evidence for a reply: how the words were read, and the candidates with what speaks for each."""
    parts: list[RenderableType] = [Text(f"\nOutcome: {reply.outcome}", style="bold")]
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
    table = _table("Knowledge", "what", "n")
    table.add_row("entries", str(len(knowledge.entries)))
    table.add_row("phrasings", f"{knowledge.phrasings:,}")
    table.add_row("topics that are not covered", str(len(knowledge.not_covered)))
    table.add_row("phrasings of those", f"{sum(len(n.ask) for n in knowledge.not_covered.values()):,}")
    table.add_row("kinds of small talk", str(len(knowledge.small_talk)))
    table.add_row("guarded questions (checks.yaml)", str(len(knowledge.checks)))
    table.add_row("embedder", embedder)
    return table


def weaknesses_table(weaknesses: Sequence[Weakness]) -> RenderableType:
    """Weak spots, the worst first."""
    if not weaknesses:
        return Text("No weak spots found.", style="green")
    counts = Counter(weakness.kind for weakness in weaknesses)
    told = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    parts: list[RenderableType] = [Text(f"\n{len(weaknesses)} weak spots: {told}.", style="bold")]
    parts.append(Text("The bot works; these are worth a look, the worst kind first.\n"))
    for kind in counts:
        group = [weakness for weakness in weaknesses if weakness.kind is kind]
        parts.append(Text(f"{kind.capitalize()}. {group[0].fix}", style="bold"))
        parts += [_weakness(weakness) for weakness in group[:MAX_OF_A_KIND]]
        more = len(group) - MAX_OF_A_KIND
        parts.append(Text(f"  … and {more} more\n" if more > 0 else "", style="dim"))
    return Group(*parts)


def _weakness(weakness: Weakness) -> Text:
    place = f"{weakness.place}: " if weakness.place else ""
    return Text(f"  {place}{weakness.entry}: {weakness.message}")


def side_by_side(scored: Mapping[str, Sequence[Scored]]) -> RenderableType:
    """The accuracy with each embedder."""
    columns = ("n", "right %", "clarified %", "declined %", "wrong %")
    table = _table("Accuracy by embedder", "embedder", "questions", *columns)
    for name, group in scored.items():
        covered, uncovered = _by_coverage(group)
        table.add_row(name, "covered", *_cells(count_outcomes(covered)))
        table.add_row("", "not covered", *_cells(count_outcomes(uncovered)))
        table.add_row("", "follow-ups", *_cells(by_style(group).get(FOLLOW_UP, count_outcomes([]))), end_section=True)
    return table


def _by_coverage(scored: Sequence[Scored]) -> tuple[list[Scored], list[Scored]]:
    uncovered = [s for s in scored if s.labelled.gold == {NOT_COVERED}]
    return [s for s in scored if s.labelled.gold != {NOT_COVERED}], uncovered


def evaluation(scored: Sequence[Scored], misses: int) -> Iterator[RenderableType]:
    """The tables of `evaluate`."""
    columns = ("n", "right %", "clarified %", "declined %", "wrong %")
    table = _table("Accuracy by style", "style", *columns)
    for style, group in by_style(scored).items():
        table.add_row(style, *_cells(group))
    covered, uncovered = _by_coverage(scored)
    table.add_section()
    table.add_row("covered questions", *_cells(count_outcomes(covered)))
    table.add_row("not covered", *_cells(count_outcomes(uncovered)))
    table.add_row("all", *_cells(count_outcomes(scored)), style="bold")
    yield table
    helpful = sum(s.helpful_clarification for s in scored)
    yield Text(f"{helpful} clarifications offered what was meant.\n")
    yield _reliability(bins(scored))
    pairs = _table("Confused most", "expected", "given", "n")
    for expected, given, count in confusions(scored)[:misses]:
        pairs.add_row(expected, given, str(count))
    if pairs.row_count:
        yield pairs
    worst = _table("Worst misses", "question", "expected", "given", "sure %")
    for s in worst_misses(scored)[:misses]:
        expected = " or ".join(sorted(s.labelled.gold)) or " and ".join(sorted(s.labelled.every))
        worst.add_row(Text(s.labelled.question), expected, s.given, f"{100 * s.confidence:.0f}")
    if worst.row_count:
        yield worst


def _reliability(found: Sequence[Bin]) -> RenderableType:
    title = f"Reliability of best guesses (calibration error {100 * calibration_error(found):.1f} points)"
    table = _table(title, "confidence %", "right %", "n")
    for one in found:
        table.add_row(f"{100 * one.confidence:.0f}", f"{100 * one.right:.0f}", str(one.questions))
    return table


def _cells(group: Counts) -> tuple[str, ...]:
    counts = (group.right, group.clarified, group.declined, group.wrong)
    return (str(group.questions), *(_percent(count, group.questions) for count in counts))


def fairness_table(quiz: Quiz, found: Fairness) -> Table:
    """What random answers get, and what the same step everywhere gets."""
    table = _table(
        f"Fairness of the quiz ({len(quiz.statements)} statements, exact)",
        "outcome",
        "random answers %",
        "same step everywhere",
    )
    for outcome, share in found.random.items():
        steps = [str(step) for step, straight in enumerate(found.straight, 1) if straight == outcome]
        table.add_row(outcome, f"{100 * share:.2f}", f"step {', '.join(steps)}" if steps else "–")
    table.caption = "No single statement names a role, or turns one role into the other."
    return table
