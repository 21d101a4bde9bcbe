"""How fit time, memory, speed and accuracy grow with the knowledge, beside peers in the same run.

`python -m tests.benchmarks.growth` prints a table and draws growth.png in this folder. Each figure comes from a process
of its own, so that memory is that engine's alone. The texts are made of the shipped knowledge's words: each entry has
a dozen words of its own, mixed with words that are frequent everywhere.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

from bot.knowledge.loader import load
from bot.matching.text import words
from tests.benchmarks.engines import ENGINES
from tests.conftest import KNOWLEDGE

HERE = Path(__file__).parent
SIZES = (1_000, 10_000, 100_000)
PHRASINGS_AN_ENTRY = 100
QUESTIONS = 300
OWN_WORDS, OWN_SHARE = 12, 0.35
# Its time grows with the square of the size: 1,000 classes and 100,000 texts take longer than anybody waits.
TOO_LARGE = {("TF-IDF + logistic regression", 100_000)}


def labelled(size: int, seed: int = 1) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """Texts, their labels, and questions with labels; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - nothing is secret here
    counts = Counter(w for entry in load(KNOWLEDGE).entries.values() for text in entry.ask for w in words(text))
    vocabulary, weights = list(counts), list(counts.values())
    entries = max(2, size // PHRASINGS_AN_ENTRY)
    own = [chance.choices(vocabulary, k=OWN_WORDS) for _ in range(entries)]

    def text(entry: int) -> str:
        count = chance.randint(4, 12)
        mine = [chance.choice(own[entry]) for _ in range(max(2, round(count * OWN_SHARE)))]
        both = mine + chance.choices(vocabulary, weights, k=count - len(mine))
        chance.shuffle(both)
        return " ".join(both)

    owners = [number % entries for number in range(size)]
    texts = [text(owner) for owner in owners]
    asked = [chance.randrange(entries) for _ in range(QUESTIONS)]
    return texts, [f"entry {owner}" for owner in owners], [(text(entry), f"entry {entry}") for entry in asked]


def measure(engine: str, size: int) -> dict[str, float]:
    """Fit seconds, peak memory, milliseconds a question, accuracy: of this process."""
    texts, labels, questions = labelled(size)
    start = time.perf_counter()
    label = ENGINES[engine](texts, labels)
    fit = time.perf_counter() - start
    times, right = [], 0
    for question, expected in questions:
        start = time.perf_counter()
        right += label(question) == expected
        times.append(1000 * (time.perf_counter() - start))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    p50, p99 = np.percentile(times, [50, 99])
    return {"fit": fit, "memory": peak, "p50": float(p50), "p99": float(p99), "right": 100 * right / len(questions)}


def measured_apart(engine: str, size: int) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.growth", "--one", engine, "--sizes", str(size)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603
    return found


def table(results: dict[tuple[str, int], dict[str, float]]) -> str:
    """The results as Markdown."""
    rows = ["| engine | phrasings | fit s | memory MiB | p50 ms | p99 ms | right % |", "|---|--:|--:|--:|--:|--:|--:|"]
    rows += [
        f"| {engine} | {size:,} | {r['fit']:.1f} | {r['memory']:.0f} "
        f"| {r['p50']:.2f} | {r['p99']:.2f} | {r['right']:.1f} |"
        for (engine, size), r in results.items()
    ]
    return "\n".join(rows) + "\n"


def draw(results: dict[tuple[str, int], dict[str, float]], path: Path) -> None:
    """Milliseconds a question, fit seconds and memory against the number of phrasings."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - not counted with an engine's memory
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(12, 4.2), dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    shown = (("p50", "p50 of a question, ms"), ("fit", "fit, seconds"), ("memory", "peak memory, MiB"))
    for axes, (key, name) in zip(figure.subplots(1, len(shown)), shown, strict=True):
        for engine in dict.fromkeys(engine for engine, _ in results):
            points = [(size, r[key]) for (e, size), r in results.items() if e == engine]
            axes.plot(*zip(*points, strict=True), marker="o", label=engine)
        axes.set(xscale="log", yscale="log", xlabel="phrasings", title=name)
        axes.grid(color="#e6e6e6")
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(labels), frameon=False)
    figure.savefig(path)


def main() -> None:
    """Measure every engine at every size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--one", help="measure one engine in this process and print JSON")
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measure(arguments.one, arguments.sizes[0])))  # noqa: T201
        return
    results = {}
    for size in arguments.sizes:
        for engine in ENGINES:
            if (engine, size) not in TOO_LARGE:
                results[engine, size] = measured_apart(engine, size)
                print(engine, size, results[engine, size], flush=True)  # noqa: T201
    print(table(results))  # noqa: T201
    draw(results, HERE / "growth.png")


if __name__ == "__main__":
    main()
