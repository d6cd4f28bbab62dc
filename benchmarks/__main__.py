"""Compare whole flows against a simulated model server: two references, and ours.

    python -m benchmarks [--json] [--quick] [--talks N]

Takes some minutes; `--quick` under one, with waiting times shortened and ratios that say little.
`docs/performance.md` tells what is measured how.
"""

from __future__ import annotations

from benchmarks import ground  # noqa: F401 - before anything that has models

# isort: split
import argparse
import json
import sys

from benchmarks.table import as_json, as_markdown
from benchmarks.whole import Plan, run

TALKS = 5


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.add_argument("--quick", action="store_true", help="under a minute, one talk of a kind")
    parser.add_argument("--talks", type=int, help=f"runs of each of our flows; else {TALKS}")
    given = parser.parse_args()
    talks = given.talks or (1 if given.quick else TALKS)
    measured = run(Plan(talks, given.quick))
    if given.json:
        sys.stdout.write(json.dumps(as_json(measured), indent=2) + "\n")
    else:
        sys.stdout.write(as_markdown(measured) + "\n")


if __name__ == "__main__":
    main()
