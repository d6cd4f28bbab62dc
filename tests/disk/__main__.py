"""What becomes of talks when a disk is full, or can only be read: a real installation on a small
disk, a simulated model.

Ends with status 1 when a claim does not hold. It mounts disks in memory: for root, on Linux.
"""

from __future__ import annotations

from tests.disk import ground  # noqa: F401 - before anything that has models

# isort: split
import argparse
import json
import signal
import sys
from pathlib import Path
from typing import Final

from benchmarks import document
from benchmarks.machine import load, machine
from benchmarks.progress import say
from tests.chaos import table
from tests.chaos.judging import lost
from tests.chaos.plan import Plan
from tests.disk.judging import judge
from tests.disk.trial import trial

BEGIN: Final = (
    "<!-- measured: from here to the next mark written by `python -m tests.disk --update` -->"
)


def main() -> int:
    given, before = _arguments(), load()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that nothing stays behind
    plan = Plan(given.seed, 0, given.hurried)
    found, struck = trial(plan)
    checks = judge(found, struck)
    text = table.as_markdown(plan, found, checks, machine(before))
    if given.update:
        document.update(given.update, text, BEGIN)
    if given.json:
        text = json.dumps(table.as_json(plan, found, checks), indent=2)
    sys.stdout.write(f"{text}\n")
    holds = all(check.holds for check in checks)
    if not holds:
        say(f"Lost: {lost(found)}; seen: {struck}")
    return 0 if holds else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.disk",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--seed", type=int, default=1, help="of the recordings; 1 unless given")
    add("--hurried", action="store_true", help="with leases of 3 s instead of 20")
    add("--json", action="store_true", help="for machines")
    add("--update", type=Path, metavar="FILE", help="put the table into a page")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
