"""How many talks in an hour: a worker as measured, and many of them under limits as simulated.

python -m benchmarks.capacity [--update docs/deployment.md]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks import document
from benchmarks.capacity.measured import PAGE, measured
from benchmarks.capacity.table import as_markdown, rows

BEGIN = (
    "<!-- measured: from here to the next mark written by `python -m benchmarks.capacity --update` "
    "-->"
)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.capacity",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--seconds", type=float, default=900, help="simulated; 900 unless given")
    parser.add_argument("--update", type=Path, metavar="FILE", help="put the tables into a page")
    given = parser.parse_args()
    figures = measured(PAGE.read_text(encoding="utf-8"))
    text = as_markdown(figures, list(rows(figures, given.seconds)))
    if given.update:
        document.update(given.update, text, BEGIN)
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
