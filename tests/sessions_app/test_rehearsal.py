"""What is left to a job's first time after a rehearsal, in a process that did nothing else."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import gc, json, os, sys, threading
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from accounts_app.models import User
from ai.client import tls_context
from ai.formats import strict_schema
from metrics_app.models import Call, Spending
from sessions_app import codec, worker
from sessions_app.coaching.phrases import phrases
from sessions_app.models import PracticeSession
from sessions_app.rehearsal import rehearse
from sessions_app.speech.filler_model import load_model
from sessions_app.speech.packs import load_pack

if "without tables" not in sys.argv:
    call_command("migrate", verbosity=0)
    connection.close()
rehearse()
frozen = gc.get_freeze_count()
loaded = set(sys.modules)
tables = (load_pack, load_model, phrases, codec._adapter, tls_context, strict_schema)
made = [table.cache_info().misses for table in tables]
rehearse()
print(json.dumps({
    "made": made,
    "made_again": [table.cache_info().misses for table in tables],
    "imported_late": sorted(set(sys.modules) - loaded),
    "openai": "openai.resources.chat.completions" in loaded
        and "openai.resources.audio.transcriptions" in loaded,
    "threads": threading.active_count(),
    "frozen": frozen,
    "database": connection.connection is not None,
    "descriptors": sorted(os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd")
        if os.path.exists(f"/proc/self/fd/{fd}")) if sys.platform == "linux" else [],
    "rows": sum(model.objects.count() for model in (User, PracticeSession, Call, Spending))
        if "without tables" not in sys.argv else 0,
}))
"""


def rehearsed(folder: Path, *arguments: str, **told: str) -> tuple[dict[str, Any], str]:
    """What the program found, with its database in `folder`, and what was logged."""
    ours = {
        "DJANGO_SETTINGS_MODULE": "speechcoach.settings",
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
    }
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=ROOT,
        env={**os.environ, **ours, **told},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(ended.stdout), ended.stderr


@pytest.fixture(scope="module")
def with_model(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str, bool]:
    """And whether the configured server was approached."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/v1"
        found, log = rehearsed(tmp_path_factory.mktemp("rehearsed"), OPENAI_BASE_URL=url)
        try:
            server.accept()[0].close()
        except BlockingIOError:
            return found, log, False
        return found, log, True


def test_a_second_talk_makes_and_imports_nothing_anew(
    with_model: tuple[dict[str, Any], str, bool],
) -> None:
    found, _, _ = with_model
    assert all(found["made"])
    assert found["made_again"] == found["made"]
    assert found["imported_late"] == []
    assert found["openai"]


def test_leaves_nothing_that_a_fork_would_share(
    with_model: tuple[dict[str, Any], str, bool],
) -> None:
    found, _, _ = with_model
    assert found["threads"] == 1
    assert not found["database"]
    assert not any(name.startswith("socket:") for name in found["descriptors"])


def test_asks_nobody_and_alarms_nobody(with_model: tuple[dict[str, Any], str, bool]) -> None:
    _, log, approached = with_model
    assert not approached
    assert log == ""


def test_leaves_no_row(with_model: tuple[dict[str, Any], str, bool]) -> None:
    found, _, _ = with_model
    assert found["rows"] == 0


def test_no_job_looks_for_garbage_in_what_its_parent_has_loaded(
    with_model: tuple[dict[str, Any], str, bool],
) -> None:
    found, _, _ = with_model
    assert found["frozen"] > 100_000


def test_works_without_a_model(tmp_path: Path) -> None:
    found, log = rehearsed(tmp_path, OPENAI_BASE_URL="", OPENAI_API_KEY="")
    assert found["made"][:3] == [1, 1, 1]
    assert log == ""


def test_without_tables_the_worker_is_only_slower(tmp_path: Path) -> None:
    found, log = rehearsed(tmp_path, "without tables", OPENAI_BASE_URL="", OPENAI_API_KEY="")
    assert found["made"][:3] == [1, 1, 1]
    assert log.count("rehearsal ended early: OperationalError") == 2
