"""What an operator counts and times, for Prometheus. Knows no Discord; what is watched arrives as functions."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)


class Metrics:
    """Counters, timers and gauges of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.questions = Counter("advisor_questions", "Questions by outcome.", ["outcome"], registry=self._registry)
        self.reloads = Counter("advisor_reloads", "Readings of the knowledge.", ["result"], registry=self._registry)
        self.errors = Counter("advisor_errors", "What went wrong, by kind.", ["kind"], registry=self._registry)
        about = "How long each step of an answer takes."
        self._seconds = Histogram("advisor_step_seconds", about, ["step"], registry=self._registry, buckets=BUCKETS)
        self._gauges: dict[str, Gauge] = {}

    def timed(self, step: str) -> AbstractContextManager[object]:
        """Time a step."""
        return self._seconds.labels(step).time()

    def watch(self, name: str, help_text: str, value: Callable[[], float]) -> None:
        """A gauge that reads its value when it is asked for; watching a name anew takes the place of the old."""
        if name not in self._gauges:
            self._gauges[name] = Gauge(f"advisor_{name}", help_text, registry=self._registry)
        self._gauges[name].set_function(value)

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self._registry)
