# ruff: noqa: INP001, T201 - a script that tells
"""Known vulnerabilities in what the image pins, by pip-audit; one line where the data about them can't be reached."""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
COMMAND = (sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner=off")


def main() -> int:
    """1 where there is one."""
    locks = [part for file in sorted(HERE.glob("requirements*.txt")) for part in ("-r", str(file))]
    told = subprocess.run([*COMMAND, "--format=json", *locks], capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    try:
        packages = json.loads(told.stdout)["dependencies"]
    except ValueError:
        packages = []
    # What the index knows nothing of is skipped by pip-audit, and does not count as looked at.
    audited = [package for package in packages if "vulns" in package]
    if not audited:
        print("skipped: no data about vulnerabilities can be reached from here")
        return 0
    for package in audited:
        for flaw in package["vulns"]:
            print(f"{package['name']} {package['version']}: {flaw['id']}, fixed in {', '.join(flaw['fix_versions'])}")
    print(f"{len(audited)} of {len(packages)} pinned packages looked at")
    return int(any(package["vulns"] for package in audited))


if __name__ == "__main__":
    sys.exit(main())
