"""What all charts share: a dark figure by matplotlib's object API (no pyplot, no global state), and its PNG.

Drawn on one thread at a time: matplotlib's text cache is not made for more.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BACKGROUND, TEXT, FAINT, GRID = "#2b2d31", "#f2f3f5", "#b5bac1", "#41434a"
COLOURS = ("#5865f2", "#eb8f34", "#57b894", "#e06c9f")
DPI = 150
MAX_DESCRIPTION = 1024
DRAWING = Lock()


@dataclass(frozen=True)
class Chart:
    """A picture, ready to be sent, and the same in words for screen readers."""

    png: bytes
    description: str


@contextmanager
def drawing(width: float, height: float) -> Iterator["Figure"]:
    """An empty figure of so many inches: small, so that text stays readable when Discord shrinks it to a phone."""
    # Half a second and 50 MiB, which only the first picture needs.
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.layout_engine import ConstrainedLayoutEngine  # noqa: PLC0415

    with DRAWING:
        layout = ConstrainedLayoutEngine(w_pad=0.15, h_pad=0.12)
        figure = Figure(figsize=(width, height), dpi=DPI, facecolor=BACKGROUND, layout=layout)
        FigureCanvasAgg(figure)
        yield figure


def label_rows(axes: Any, labels: Iterable[str], width: float, fontsize: int) -> None:  # noqa: ANN401 - without types
    """A label for each row of bars, the first above; light text, a faint grid behind the bars, no frame."""
    axes.set_facecolor(BACKGROUND)
    axes.tick_params(axis="x", colors=FAINT, labelsize=13)
    axes.tick_params(axis="y", length=0, colors=TEXT)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_visible(False)
    named = list(labels)
    # A title may hold dollar signs, which would be read as mathematics.
    axes.set_yticks(range(len(named)), named, color=TEXT, fontsize=fontsize, parse_math=False)
    axes.invert_yaxis()
    axes.set_xlim(0, width)


def chart_of(figure: "Figure", description: str) -> Chart:
    """The finished figure as a chart."""
    output = BytesIO()
    figure.savefig(output, format="png", facecolor=BACKGROUND)
    return Chart(output.getvalue(), description[:MAX_DESCRIPTION])
