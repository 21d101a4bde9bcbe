"""The yearly pay of both roles as range bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.charts.canvas import COLOURS, FAINT, TEXT, Chart, chart_of, drawing, label_rows
from bot.knowledge.records import Entry, KnowledgeBase

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# How strongly what was not asked for is drawn.
DIM = 0.35


@dataclass(frozen=True)
class Bar:
    """One range of pay, in thousands of a currency a year."""

    group: str
    label: str
    low: float
    high: float
    and_above: bool
    sign: str
    currency: str
    asked: bool

    @property
    def range(self) -> str:
        """Both ends, in short: `$65k–95k`."""
        return f"{self.sign}{self.low:.0f}k–{self.high:.0f}k"


def pay_bars(knowledge: KnowledgeBase, shown: Sequence[Entry] = ()) -> tuple[Bar, ...]:
    """The yearly pay of each role by level, in the files' order; what these entries are about is what was asked."""
    roles, levels = knowledge.vocabulary.roles, knowledge.vocabulary.levels
    about = [(entry.role, entry.level) for entry in shown] or [(None, None)]
    return tuple(
        Bar(
            group=roles[entry.role].title,
            label=levels[entry.level].title,
            low=entry.figures.low / 1000,
            high=entry.figures.high / 1000,
            and_above=entry.figures.and_above,
            sign=entry.figures.sign,
            currency=entry.figures.currency,
            asked=any(role in {None, entry.role} and level in {None, entry.level} for role, level in about),
        )
        for entry in knowledge.entries.values()
        if entry.figures and entry.figures.per == "year" and entry.role and entry.level
    )


def describe(bars: Sequence[Bar]) -> str:
    """The chart in words."""
    parts = [
        f"{b.group}, {b.label}: {b.sign}{b.low:.0f}k to {b.sign}{b.high:.0f}k{' or more' if b.and_above else ''}"
        for b in bars
    ]
    return f"Yearly pay in {bars[0].currency}. " + "; ".join(parts) + "."


@lru_cache(maxsize=32)
def pay_chart(bars: tuple[Bar, ...]) -> Chart:
    """Both pay ladders as range bars, what was asked for in full colour.

    Takes a few hundred milliseconds the first time: not for the event loop.
    """
    with drawing(6.4, 4.8) as figure:
        _draw(figure, bars)
        return chart_of(figure, describe(bars))


def _draw(figure: "Figure", bars: Sequence[Bar]) -> None:
    groups = list(dict.fromkeys(bar.group for bar in bars))
    labels = list(dict.fromkeys(bar.label for bar in bars))
    axes = figure.add_subplot()
    height = 0.8 / max(1, len(groups))
    for bar in bars:
        place = labels.index(bar.label) + (groups.index(bar.group) - (len(groups) - 1) / 2) * height
        colour = COLOURS[groups.index(bar.group) % len(COLOURS)]
        strength = 1.0 if bar.asked else DIM
        axes.barh(place, bar.high - bar.low, height * 0.86, left=bar.low, color=colour, alpha=strength)
        plus = "+" if bar.and_above else ""
        said = f"{bar.range}{plus}"
        axes.text(bar.high + 5, place, said, color=TEXT, alpha=strength, va="center", fontsize=16, parse_math=False)
    for number, group in enumerate(groups):
        axes.barh([0], [0], color=COLOURS[number % len(COLOURS)], label=group)
    label_rows(axes, labels, max(bar.high for bar in bars) * 1.36, fontsize=16)
    axes.xaxis.set_major_formatter(f"{bars[0].sign}{{x:.0f}}k")
    legend = figure.legend(loc="outside upper left", ncols=len(groups), frameon=False, labelcolor=TEXT, fontsize=16)
    for text in legend.get_texts():
        text.set_parse_math(False)
    axes.set_title(f"{bars[0].currency} a year", color=FAINT, fontsize=13, loc="right")
