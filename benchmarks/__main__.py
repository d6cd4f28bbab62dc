"""Compare whole flows against a simulated model server: two references, and ours.

    python -m benchmarks [--json] [--quick] [--runs N] [--without N] [--seeded N]
                         [--update FILE.md] [--picture FILE.svg]

All of it takes half an hour, most of it for the seeded talks; `--quick` under a minute, with
waiting times shortened and ratios that say little. `docs/performance.md` tells what is measured
how.
"""

from __future__ import annotations

from benchmarks import ground  # noqa: F401 - before anything that has models

# isort: split
import argparse
import json
import sys
from pathlib import Path

from benchmarks import document, picture
from benchmarks.table import as_json, as_markdown
from benchmarks.whole import Plan, run

WHOLE = Plan(runs=5, without=2, seeded=100, quick=False)
QUICK = Plan(runs=1, without=0, seeded=0, quick=True)


def main() -> None:
    given = _arguments()
    measured = run(_plan(given))
    text = as_markdown(measured)
    if given.json:
        text = json.dumps(as_json(measured), indent=2)
    if given.picture:
        given.picture.write_text(picture.svg(measured.flows), encoding="utf-8")
    if given.update:
        document.update(given.update, as_markdown(measured))
    sys.stdout.write(f"{text}\n")


def _plan(given: argparse.Namespace) -> Plan:
    usual = QUICK if given.quick else WHOLE
    return Plan(
        runs=given.runs or usual.runs,
        without=usual.without if given.without is None else given.without,
        seeded=usual.seeded if given.seeded is None else given.seeded,
        quick=given.quick,
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--json", action="store_true", help="for machines")
    add("--quick", action="store_true", help="under a minute, one talk of a kind")
    add("--runs", type=int, help=f"of ours, and up to 3 of its other flows; else {WHOLE.runs}")
    add("--without", type=int, help=f"runs with each technique off; else {WHOLE.without}")
    add("--seeded", type=int, help=f"talks, no two alike; else {WHOLE.seeded}")
    add("--update", type=Path, metavar="FILE", help="put the tables into a page")
    add("--picture", type=Path, metavar="FILE", help="draw the timeline of a talk as SVG")
    return parser.parse_args()


if __name__ == "__main__":
    main()
