"""How many people at once: a real installation under the load of many browsers.

On the database that DATABASE_URL names, which has to be empty:

    scripts/with-postgres .venv/bin/python -m benchmarks.load [--update docs/performance.md]

Real are `manage.py up` with its pages, workers, scheduler and Redis; simulated is the model. The
browsers are locust's, which uv fetches into an environment of its own.
"""

from __future__ import annotations

from tests.chaos import ground  # noqa: F401 - before anything that has models

# isort: split
import argparse
import os
import shutil
import signal
import sys
from pathlib import Path

import psutil
from django.db import connection

from benchmarks import document
from benchmarks.load import cores
from benchmarks.load.crowd import Crowd
from benchmarks.load.level import measure
from benchmarks.load.people import make_people
from benchmarks.load.table import as_markdown
from benchmarks.load.trial import Trial, trial
from benchmarks.machine import load, machine
from benchmarks.progress import say
from tests.chaos.installation import installation
from tests.chaos.plan import Plan
from tests.chaos.trial import model
from tests.environment import DATA_DIR
from tests.media_files import talk, write

BEGIN = (
    "<!-- measured: from here to the next mark written by `python -m benchmarks.load --update` -->"
)
USERS = (100, 500, 1000)
PEOPLE = 250  # accounts; from there on several browsers are of one person
UNHURRIED = Plan(seed=1, sessions=0)


def main() -> int:
    given, before = _arguments(), load()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that nothing stays behind
    os.environ["GRANIAN_WORKERS"] = str(given.processes)
    found = _found(given)
    text = as_markdown(found, given.processes, machine(before))
    if given.update:
        document.update(given.update, text, BEGIN)
    sys.stdout.write(f"{text}\n")
    shutil.rmtree(DATA_DIR, ignore_errors=True)
    return 0


def _found(given: argparse.Namespace) -> Trial:
    recording = write(DATA_DIR / "talk.webm", talk(phrases=16, phrase=1.5))
    people = DATA_DIR / "people.json"
    with model() as simulator, installation(UNHURRIED, simulator.url) as system:
        crowd = Crowd(system.url, people, recording, DATA_DIR)
        crowd.prepare()
        say(f"making {given.people} people")
        make_people(given.people, people)
        programs = cores.of_up(psutil.Process(system.up.pid))
        programs[cores.MODEL] = _model()
        programs[cores.DATABASE] = _database()
        return trial(
            given.users,
            lambda users: measure(crowd, users, given.seconds, programs),
            beyond=not given.no_capacity,
        )


def _model() -> list[psutil.Process]:
    children = psutil.Process().children()
    return [child for child in children if "tests.openai_sim" in child.cmdline()]


def _database() -> list[psutil.Process]:
    """The server, whose children the connections are. Where it is elsewhere, nothing."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    server = psutil.Process(pid).parent()
    return [server] if server else []


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.load",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--users", type=_numbers, default=USERS, help="how many at once, such as 100,500,1000")
    add("--seconds", type=float, default=60, help="for each number of them; 60 unless given")
    add("--processes", type=int, default=2, help="of pages; 2 unless given")
    add("--people", type=int, default=PEOPLE, help=f"accounts; {PEOPLE} unless given")
    add("--no-capacity", action="store_true", help="these numbers alone, no steps beyond them")
    add("--update", type=Path, metavar="FILE", help="put the tables into a page")
    return parser.parse_args()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(","))


if __name__ == "__main__":
    sys.exit(main())
