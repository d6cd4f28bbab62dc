from __future__ import annotations

import sys
import uuid
from pathlib import Path

import pytest

from speechcoach import guard, processes
from speechcoach.processes import Program


def test_it_ends_what_is_marked_wherever_up_was_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    mark = uuid.uuid4().hex
    watching = guard.start(mark)
    waiting = Program("waiting", (sys.executable, "-c", "import signal; signal.pause()"))
    process = processes.start(waiting, mark)
    guard.dismiss(watching)
    assert watching.returncode == 0
    assert process.wait(timeout=20) != 0
