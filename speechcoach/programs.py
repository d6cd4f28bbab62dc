"""The programs that make up a running Speech Coach."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from speechcoach import overload, redis_server
from speechcoach.processes import Program

MANAGE = str(settings.BASE_DIR / "manage.py")
ONE_CORE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
RETURNED = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "262144"}
"""To glibc: pieces of sound go back to the system when they are sent, from all threads. Else a job
keeps some 15 MB more for as long as it lives."""
WORKER_TTL = 30  # seconds without a sign of life until RQ counts a worker as gone
WEB_GRACE_SECONDS = 5
WORKER_GRACE_SECONDS = 20  # a piece of a rough draft is finished before a run is handed back


def redis(executable: Path, socket: Path) -> Program:
    return Program("redis", tuple(redis_server.command(executable, socket)), grace_seconds=10)


def worker(queue: str) -> Program:
    """One process per queue: only then is a job safe from the moment it is taken."""
    return Program(
        f"worker of {queue}",
        (
            "nice",
            "-n",
            "10",
            *_manage("rqworker", queue, "--worker-ttl", str(WORKER_TTL), "-v", "0"),
        ),
        grace_seconds=WORKER_GRACE_SECONDS,
        environment={**ONE_CORE, **RETURNED},
    )


def unchecked(program: Program) -> Program:
    """Without Django's checks of the settings, which load every page: for who made them already."""
    return replace(program, command=(*program.command, "--skip-checks"))


def scheduler() -> Program:
    return Program("scheduler", _manage("scheduler"))


def create_demo() -> Program:
    return Program("demo", _manage("create_demo"), environment=ONE_CORE)


def web(host: str, port: int) -> Program:
    return Program(
        "web",
        (
            sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--http", "1",
            "--host", host, "--port", str(port), "--blocking-threads", str(overload.THREADS),
            "--workers-kill-timeout", str(WEB_GRACE_SECONDS), "--log-level", "error",
            "--working-dir", str(settings.BASE_DIR), "speechcoach.wsgi:application",
        ),
        grace_seconds=WEB_GRACE_SECONDS + 2,
        environment=ONE_CORE,
    )  # fmt: skip


def _manage(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, MANAGE, *arguments)
