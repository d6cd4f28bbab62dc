"""Time the measures of `metrics_app`, and its records, on SQLite and PostgreSQL.

    python -m benchmarks.metrics [--update FILE.md]

Some minutes. Where no PostgreSQL is installed, its column stays empty.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.document import update
from benchmarks.markdown import shown, table
from benchmarks.progress import say

ROOT = Path(__file__).parent.parent
TIMING = (sys.executable, "-m", "benchmarks.metrics_timing")
COMMANDS = {
    "SQLite": TIMING,
    "PostgreSQL": (str(ROOT / "scripts" / "with-postgres"), *TIMING),
}
TARGETS = {"SQLite": 200, "PostgreSQL": 50}  # milliseconds at 100,000 calls
GROWTH = 3  # at ten times as many
RECORDING = 1.5  # × of what a record takes in an empty database

BEGIN = "<!-- measured: from here to the next mark written by `benchmarks.metrics --update` -->"

Timed = Mapping[str, Mapping[str, float]]


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.metrics",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--update", type=Path, metavar="FILE", help="put the tables into a page")
    given = parser.parse_args()
    text = as_markdown({name: found for name in COMMANDS if (found := _timed(name))})
    if given.update:
        update(given.update, text, begin=BEGIN)
    sys.stdout.write(f"{text}\n")


def as_markdown(found: Mapping[str, Timed]) -> str:
    """What is over its target says so."""
    return "\n\n".join([_measures(found), _records(found)])


def _timed(database: str) -> Timed | None:
    command = COMMANDS[database]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False)  # noqa: S603
    if done.returncode:
        say(f"{database}: not measured")
        return None
    timed: Timed = json.loads(done.stdout)
    return timed


def _measures(found: Mapping[str, Timed]) -> str:
    heads = ["milliseconds, medians"]
    for database in found:
        heads += [f"{database}, 100,000 calls", "1,000,000 calls"]
    names = next(iter(found.values()))["few"] if found else ()
    rows = [
        [name, *(cell for timed in found.items() for cell in _cells(*timed, name))]
        for name in names
    ]
    return table(heads, rows)


def _cells(database: str, timed: Timed, name: str) -> list[str]:
    few, many, target = timed["few"][name], timed["many"][name], TARGETS[database]
    return [_beside(few, target), _beside(many, GROWTH * target)]


def _records(found: Mapping[str, Timed]) -> str:
    rows = []
    for database, timed in found.items():
        for record, empty in timed["empty"].items():
            full = timed["full"][record]
            growth = full / empty
            rows.append(
                [f"{record}, {database}", shown(empty), shown(full), _beside(growth, RECORDING)]
            )
    return table(["recording one, ms", "no rows", "1,000,000 calls", "×"], rows)


def _beside(value: float, target: float) -> str:
    return shown(value) if value <= target else f"{shown(value)} (wanted: {target:g})"


if __name__ == "__main__":
    main()
