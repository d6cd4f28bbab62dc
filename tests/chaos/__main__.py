"""What is lost when processes are killed at random: a real installation, a simulated model.

Ends with status 1 when a claim does not hold. With DATABASE_URL it uses that database, which has
to be empty: `scripts/with-postgres python -m tests.chaos`.
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

from django.db import connection

from benchmarks import document
from benchmarks.machine import load, machine
from benchmarks.progress import say
from tests.acceptance.system import LEASE_SECONDS
from tests.chaos import faults, table
from tests.chaos.judging import judge, lost
from tests.chaos.outage_trial import outage_trial
from tests.chaos.plan import QUICK, WHOLE, Plan
from tests.chaos.trial import trial
from tests.environment import DATA_DIR

BEGIN = "<!-- measured: from here to the next mark written by `{command} --update` -->"


def main() -> int:
    given, before = _arguments(), load()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that nothing stays behind
    plan = Plan(given.seed, given.sessions or (QUICK if given.quick else WHOLE), given.hurried)
    found = outage_trial(plan, given.faults) if given.faults else trial(plan)
    checks = judge(found)
    text = table.as_markdown(plan, found, checks, machine(before))
    if given.update:
        document.update(given.update, text, BEGIN.format(command=_command(given)))
    if given.json:
        text = json.dumps(table.as_json(plan, found, checks), indent=2)
    sys.stdout.write(f"{text}\n")
    holds = all(check.holds for check in checks)
    if holds:
        shutil.rmtree(DATA_DIR, ignore_errors=True)
    else:
        say(f"Lost: {lost(found)}")
        say(f"What was left, and the log of `up`: {DATA_DIR}")
    return 0 if holds else 1


def _command(given: argparse.Namespace) -> str:
    outage = {None: "", faults.REDIS: " --redis", faults.POSTGRES: " --postgres"}
    return f"python -m tests.chaos{outage[given.faults]}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.chaos",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--seed", type=int, default=1, help="of what is killed when; 1 unless given")
    add("--sessions", type=int, help=f"talks to upload; else {WHOLE}")
    add("--quick", action="store_true", help=f"{QUICK} talks, in one to two minutes")
    add("--hurried", action="store_true", help=f"with leases of {LEASE_SECONDS} s instead of 20")
    outage = parser.add_mutually_exclusive_group()
    outage.add_argument(
        "--redis",
        action="store_const",
        dest="faults",
        const=faults.REDIS,
        help="kill, flush and restart Redis instead, with few talks",
    )
    outage.add_argument(
        "--postgres",
        action="store_const",
        dest="faults",
        const=faults.POSTGRES,
        help="crash the PostgreSQL that DATABASE_URL names instead, with few talks",
    )
    add("--json", action="store_true", help="for machines")
    add("--update", type=Path, metavar="FILE", help="put the tables into a page")
    given = parser.parse_args()
    if given.faults is faults.POSTGRES and connection.vendor != "postgresql":
        parser.error("--postgres wants a DATABASE_URL that names one")
    return given


if __name__ == "__main__":
    sys.exit(main())
