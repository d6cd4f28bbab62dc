"""What becomes of talks when the model fails: real pipeline and Redis, a simulated model server.

A fifth of its answers are none. Ends with status 1 when a claim does not hold. With DATABASE_URL
it uses that database, which has to be empty: `scripts/with-postgres python -m tests.faulty`.
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

from benchmarks import document
from benchmarks.machine import load, machine
from benchmarks.progress import say
from tests.environment import DATA_DIR
from tests.faulty import table
from tests.faulty.caps import caps
from tests.faulty.judging import judge, untold
from tests.faulty.outage import outage
from tests.faulty.place import place
from tests.faulty.plan import WHOLE, Plan
from tests.faulty.trial import trial
from tests.faulty.use import use

BEGIN = "<!-- measured: from here to the next mark written by `python -m tests.faulty --update` -->"
OTHERS = {"outage": outage, "caps": caps, "budget": use}
ALL = ("talks", *OTHERS)


def main() -> int:
    given, before = _arguments(), load()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that nothing stays behind
    plan = Plan(given.seed, given.sessions, given.processes, given.scale)
    with place(plan):
        found = trial(plan) if "talks" in given.only else None
        checks = [] if found is None else judge(found)
        for name in (name for name in OTHERS if name in given.only):
            checks += OTHERS[name](plan)
            say(f"{name}: done")
    text = table.as_markdown(plan, found, checks, machine(before))
    if given.update:
        document.update(given.update, text, BEGIN)
    if given.json:
        text = json.dumps(table.as_json(plan, found, checks), indent=2)
    sys.stdout.write(f"{text}\n")
    if found is not None and untold(found.batch):
        say(f"Said, and did not happen: {untold(found.batch)}")
    holds = all(check.holds for check in checks)
    if holds:
        shutil.rmtree(DATA_DIR, ignore_errors=True)
    else:
        say(f"What was left: {DATA_DIR}")
    return 0 if holds else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.faulty",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    plan, add = Plan(), parser.add_argument
    add("--seed", type=int, default=plan.seed, help="of talks and faults; 1 unless given")
    add("--sessions", type=int, default=plan.sessions, help=f"talks; {WHOLE} unless given")
    add("--processes", type=int, default=plan.processes, help="that work on them")
    add("--scale", type=float, default=plan.scale, help="how long a second of waiting takes")
    add("--only", nargs="+", choices=ALL, default=ALL, help="some parts of it")
    add("--json", action="store_true", help="for machines")
    add("--update", type=Path, metavar="FILE", help="put the table into a page")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
