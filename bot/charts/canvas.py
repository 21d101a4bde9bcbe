"""What all charts share: a dark figure by matplotlib's object API (no pyplot, no global state), and its PNG.

Drawn on one thread at a time: matplotlib's text cache is not made for more.
"""

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


def dark_figure(width: float, height: float) -> "Figure":
    """An empty figure of so many inches: small, so that text stays readable when Discord shrinks it to a phone."""
    # Half a second and 50 MiB, which only the first picture needs.
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.layout_engine import ConstrainedLayoutEngine  # noqa: PLC0415

    layout = ConstrainedLayoutEngine(w_pad=0.15, h_pad=0.12)
    figure = Figure(figsize=(width, height), dpi=DPI, facecolor=BACKGROUND, layout=layout)
    FigureCanvasAgg(figure)
    return figure


def dark_axes(axes: Any) -> None:  # noqa: ANN401 - matplotlib carries no types
    """Light text, a faint grid behind the bars, no frame."""
    axes.set_facecolor(BACKGROUND)
    axes.tick_params(axis="x", colors=FAINT, labelsize=13)
    axes.tick_params(axis="y", length=0, colors=TEXT)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    for spine in axes.spines.values():
        spine.set_visible(False)


def chart_of(figure: "Figure", description: str) -> Chart:
    """The finished figure as a chart."""
    output = BytesIO()
    figure.savefig(output, format="png", facecolor=BACKGROUND)
    return Chart(output.getvalue(), description[:MAX_DESCRIPTION])
