"""Figures → PNG. matplotlib's object API with the Agg canvas only: no pyplot, no global state. Knows no Discord."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from bot.knowledge.records import KnowledgeBase

BACKGROUND, TEXT, FAINT = "#2b2d31", "#f2f3f5", "#b5bac1"
COLOURS = ("#5865f2", "#eb8f34", "#57b894", "#e06c9f")
# Small in inches, so that the text is large in the picture: it stays readable when Discord shrinks it to a phone.
SIZE, DPI = (6.4, 4.8), 150


@dataclass(frozen=True)
class Bar:
    """One range of pay, in thousands a year."""

    group: str
    label: str
    low: float
    high: float
    and_above: bool


@dataclass(frozen=True)
class PayChart:
    """A chart, ready to be sent."""

    png: bytes
    description: str


def pay_bars(knowledge: KnowledgeBase) -> tuple[Bar, ...]:
    """The yearly pay of each role by level, in the files' order."""
    roles, levels = knowledge.vocabulary.roles, knowledge.vocabulary.levels
    return tuple(
        Bar(
            group=roles[entry.role].title,
            label=levels[entry.level].title,
            low=entry.figures.low / 1000,
            high=entry.figures.high / 1000,
            and_above=entry.figures.and_above,
        )
        for entry in knowledge.entries.values()
        if entry.figures and entry.figures.per == "year" and entry.role and entry.level
    )


def describe(bars: Sequence[Bar]) -> str:
    """The chart in words, for screen readers (at most 1,024 characters)."""
    parts = [f"{b.group}, {b.label}: ${b.low:.0f}k to ${b.high:.0f}k{' or more' if b.and_above else ''}" for b in bars]
    return ("Yearly pay in US dollars. " + "; ".join(parts) + ".")[:1024]


@lru_cache(maxsize=4)
def pay_chart(bars: tuple[Bar, ...]) -> PayChart:
    """Both pay ladders as range bars. Takes a few hundred milliseconds the first time: not for the event loop."""
    groups = list(dict.fromkeys(bar.group for bar in bars))
    layout = ConstrainedLayoutEngine(w_pad=0.15, h_pad=0.12)
    figure = Figure(figsize=SIZE, dpi=DPI, facecolor=BACKGROUND, layout=layout)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot(facecolor=BACKGROUND)
    labels = list(dict.fromkeys(bar.label for bar in bars))
    height = 0.8 / max(1, len(groups))
    for bar in bars:
        place = labels.index(bar.label) + (groups.index(bar.group) - (len(groups) - 1) / 2) * height
        colour = COLOURS[groups.index(bar.group) % len(COLOURS)]
        axes.barh(place, bar.high - bar.low, height * 0.86, left=bar.low, color=colour)
        plus = "+" if bar.and_above else ""
        axes.text(bar.high + 5, place, f"${bar.low:.0f}k–{bar.high:.0f}k{plus}", color=TEXT, va="center", fontsize=16)
    for number, group in enumerate(groups):
        axes.barh([0], [0], color=COLOURS[number % len(COLOURS)], label=group)
    axes.set_yticks(range(len(labels)), labels, color=TEXT, fontsize=16)
    axes.invert_yaxis()
    axes.set_xlim(0, max(bar.high for bar in bars) * 1.36)
    axes.xaxis.set_major_formatter("${x:.0f}k")
    axes.tick_params(axis="x", colors=FAINT, labelsize=13)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color="#41434a", linewidth=0.8)
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_visible(False)
    figure.legend(loc="outside upper left", ncols=len(groups), frameon=False, labelcolor=TEXT, fontsize=16)
    axes.set_title("US dollars a year", color=FAINT, fontsize=13, loc="right")
    output = BytesIO()
    figure.savefig(output, format="png", facecolor=BACKGROUND)
    return PayChart(output.getvalue(), describe(bars))
