"""`python -m tests.fuzz TARGET [libFuzzer's options]`: one target until it breaks or is stopped.

Needs `pip install atheris`. A finding is written to a file `crash-…`; give that file as an option to see it again.
"""

import sys

try:
    import atheris
except ImportError:
    sys.exit("pip install atheris first (Linux, Python 3.11 to 3.13)")

with atheris.instrument_imports(include=["bot"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Feed the target."""
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"name one of {', '.join(TARGETS)}")
    target = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, lambda raw: target(atheris.FuzzedDataProvider(raw).ConsumeUnicode(len(raw))))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
