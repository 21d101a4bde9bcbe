"""The quiz result as a picture: both scales with their bands, and the profile by dimension; how often outcomes came."""

from collections.abc import Mapping

from bot.charts.canvas import COLOURS, FAINT, GRID, TEXT, Chart, chart_of, drawing, label_rows
from bot.knowledge.language_records import Vocabulary
from bot.knowledge.quiz_records import Quiz
from bot.quiz.scoring import Result


def fit_chart(quiz: Quiz, vocabulary: Vocabulary, result: Result) -> Chart:
    """The scales of both roles above, the dimensions below, in their role's colour. Not for the event loop."""
    colours = _colours(quiz)
    owner = {statement.dimension: statement.role for statement in quiz.statements}
    ordered = sorted(result.profile, key=lambda key: (quiz.roles.index(owner[key]), -result.profile[key]))
    dimensions = {quiz.dimensions[key].title: (result.profile[key], colours[owner[key]]) for key in ordered}
    roles = _scales(quiz, vocabulary, result)
    with drawing(6.4, 6.2) as figure:
        above, below = figure.subplots(2, 1, height_ratios=(2.2, max(3, len(dimensions))))
        _bars(above, roles, fontsize=17, band=result.band)
        _bars(below, dimensions, fontsize=14)
        profile = ", ".join(f"{name} {points:.0f}" for name, (points, _) in dimensions.items())
        return chart_of(figure, f"{_in_words(roles, result.band)} By dimension: {profile}.")


def scales_chart(quiz: Quiz, vocabulary: Vocabulary, result: Result) -> Chart:
    """The scales of both roles alone: a small card, for others to see. Not for the event loop."""
    roles = _scales(quiz, vocabulary, result)
    with drawing(6.4, 1.7) as figure:
        _bars(figure.add_subplot(), roles, fontsize=17, band=result.band)
        return chart_of(figure, _in_words(roles, result.band))


def _colours(quiz: Quiz) -> dict[str, str]:
    return dict(zip(quiz.roles, COLOURS, strict=False))


def _scales(quiz: Quiz, vocabulary: Vocabulary, result: Result) -> dict[str, tuple[float, str]]:
    colours = _colours(quiz)
    return {vocabulary.roles[role].title: (points, colours[role]) for role, points in result.scales.items()}


def tally_chart(counts: Mapping[str, int], title: str) -> Chart:
    """How often each outcome came."""
    most = max(counts.values(), default=1) or 1
    with drawing(6.4, 0.9 + 0.55 * len(counts)) as figure:
        axes = figure.add_subplot()
        for place, count in enumerate(counts.values()):
            axes.barh(place, count, 0.62, color=COLOURS[place % len(COLOURS)])
            axes.text(count + most * 0.02, place, str(count), color=TEXT, va="center", fontsize=15)
        label_rows(axes, counts, most * 1.15, fontsize=15)
        axes.xaxis.set_visible(False)
        said = "; ".join(f"{name}: {count}" for name, count in counts.items())
        return chart_of(figure, f"{title}. {said}.")


def _bars(  # type: ignore[no-untyped-def]
    axes,  # noqa: ANN001
    bars: Mapping[str, tuple[float, str]],
    *,
    fontsize: int,
    band: float = 0.0,
) -> None:
    """A bar for each value from 0 to 100; with a band, the range in which the true value most likely lies."""
    for place, (points, colour) in enumerate(bars.values()):
        axes.barh(place, 100, 0.62, color=GRID)
        axes.barh(place, points, 0.62, color=colour)
        if band:
            low, high = max(points - band, 0), min(points + band, 100)
            axes.plot([low, high], [place, place], color=TEXT, linewidth=2, marker="|", markersize=12)
        axes.text(103, place, f"{points:.0f}", color=TEXT, va="center", fontsize=fontsize)
    axes.axvline(50, color=FAINT, linewidth=1, linestyle=":")
    label_rows(axes, bars, 112, fontsize)
    axes.grid(visible=False)
    axes.xaxis.set_visible(False)


def _in_words(roles: Mapping[str, tuple[float, str]], band: float) -> str:
    scales = ", ".join(f"{name} {points:.0f} of 100" for name, (points, _) in roles.items())
    return f"How well each role fits: {scales}, each give or take {band:.0f}."
