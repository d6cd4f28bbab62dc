"""What is lost when one of two hosts dies, which share PostgreSQL, Redis and a bucket.

Ends with status 1 when a claim does not hold. It wants an empty PostgreSQL:
`scripts/with-postgres python -m tests.hosts`.
"""

from __future__ import annotations

from tests.chaos import ground  # noqa: F401 - before anything that has models

# isort: split
import argparse
import json
import shutil
import signal
import sys
from pathlib import Path
from typing import Final

from django.db import connection

from benchmarks import document
from benchmarks.machine import load, machine
from benchmarks.progress import say
from tests.acceptance.system import LEASE_SECONDS
from tests.chaos import table
from tests.chaos.judging import lost
from tests.chaos.plan import Plan
from tests.environment import DATA_DIR
from tests.hosts.judging import judge
from tests.hosts.trial import trial

BEGIN: Final = (
    "<!-- measured: from here to the next mark written by `python -m tests.hosts --update` -->"
)
USUAL: Final = 30


def main() -> int:
    given, before = _arguments(), load()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that nothing stays behind
    plan = Plan(given.seed, given.sessions, given.hurried)
    evidence = trial(plan)
    checks = judge(evidence)
    text = table.as_markdown(plan, evidence.found, checks, machine(before))
    if given.update:
        document.update(given.update, text, BEGIN)
    if given.json:
        text = json.dumps(table.as_json(plan, evidence.found, checks), indent=2)
    sys.stdout.write(f"{text}\n")
    holds = all(check.holds for check in checks)
    if holds:
        shutil.rmtree(DATA_DIR, ignore_errors=True)
    else:
        say(f"Lost: {lost(evidence.found)}; seen: {evidence.seen}")
        say(f"What was left, and the logs of both hosts: {DATA_DIR}")
    return 0 if holds else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.hosts",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--seed", type=int, default=1, help="of which host dies; 1 unless given")
    add("--sessions", type=int, default=USUAL, help=f"talks to upload; {USUAL} unless given")
    add("--hurried", action="store_true", help=f"with leases of {LEASE_SECONDS} s instead of 20")
    add("--json", action="store_true", help="for machines")
    add("--update", type=Path, metavar="FILE", help="put the table into a page")
    given = parser.parse_args()
    if connection.vendor != "postgresql":
        parser.error("hosts share PostgreSQL: give an empty one by DATABASE_URL")
    return given


if __name__ == "__main__":
    sys.exit(main())
