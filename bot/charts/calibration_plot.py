"""The reliability picture: confidence against the share that is right. matplotlib's object API; knows no Discord."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.evaluation import Bin, calibration_error


def draw(reliability: Sequence[Bin], path: Path) -> None:
    """Write the reliability picture; the file's ending chooses the format. Raises OSError or ValueError."""
    figure = Figure(figsize=(6, 6), dpi=150, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, 1], color="#999999", linestyle="--", label="confidence that means what it says")
    most = max((b.questions for b in reliability), default=1)
    axes.plot([b.confidence for b in reliability], [b.right for b in reliability], color="#5865f2", linewidth=1)
    axes.scatter(
        [b.confidence for b in reliability],
        [b.right for b in reliability],
        s=[30 + 300 * b.questions / most for b in reliability],
        color="#5865f2",
        alpha=0.8,
        label="best guesses (size: how many)",
    )
    for b in reliability:
        axes.annotate(str(b.questions), (b.confidence, b.right), (8, -12), textcoords="offset points", fontsize=9)
    axes.set(xlim=(0, 1.1), ylim=(0, 1.02), xlabel="confidence", ylabel="share that is right", aspect="equal")
    axes.set_title(f"Reliability (calibration error {100 * calibration_error(reliability):.1f} points)")
    axes.legend(loc="upper left", frameon=False)
    axes.grid(color="#e6e6e6")
    figure.savefig(path)
