"""The programs of `up` as they are called where Speech Coach is installed for good."""

from __future__ import annotations

import sys
from pathlib import Path

from django.conf import settings

from speechcoach import programs
from speechcoach.processes import Program

FOLDER = Path(settings.BASE_DIR) / "deploy"
INSTALLED = "/opt/speechcoach"
PYTHON = f"{INSTALLED}/.venv/bin/python"
PORT = 8000
QUEUES = tuple(settings.RQ_QUEUES)


def all_programs(host: str) -> dict[str, Program]:
    """By the name of their unit or service."""
    workers = {queue: programs.worker(queue) for queue in QUEUES}
    return {"web": programs.web(host, PORT), "scheduler": programs.scheduler(), **workers}


def command(program: Program) -> list[str]:
    return [_there(word) for word in program.command]


def _there(word: str) -> str:
    if word == sys.executable:
        return PYTHON
    return word.replace(str(settings.BASE_DIR), INSTALLED)
