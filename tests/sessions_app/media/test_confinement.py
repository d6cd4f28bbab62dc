"""What a confined process can no longer do; each try in a process of its own."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from sessions_app.media.confinement import MEMORY_EXIT

ROOT = Path(__file__).resolve().parents[3]
CONFINED = "from sessions_app.media.confinement import confine\nconfine(512, 60, 60, 0)\n"


def attempt(after: str, before: str = "", stdin: int = subprocess.PIPE) -> tuple[int, str]:
    """Exit status and the last line of complaint."""
    process = subprocess.Popen(
        [sys.executable, "-c", f"{before}\n{CONFINED}{after}"],
        stdin=stdin,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert process.stderr is not None
    complaint = process.stderr.read().strip().splitlines()
    process.wait()
    return process.returncode, complaint[-1] if complaint else ""


def test_the_work_itself_goes_on() -> None:
    assert attempt("sum(range(10))") == (0, "")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "open('/etc/hostname')"),
        ("import socket", "socket.socket()"),
        ("import os", "os.pipe()"),
    ],
)
def test_nothing_can_be_opened(before: str, after: str) -> None:
    status, complaint = attempt(after, before)
    assert status == 1
    assert "Too many open files" in complaint


def test_memory_is_bounded() -> None:
    assert attempt("bytes(600_000_000)") == (1, "MemoryError")


def test_written_bytes_are_bounded(tmp_path: Path) -> None:
    target = tmp_path / "f"
    status, complaint = attempt("f.write(bytes(20_000_000))", f"f = open({str(target)!r}, 'wb')")
    assert status == 1
    assert "File too large" in complaint
    assert target.stat().st_size <= 1_000_000 + 60 * 36_000


def test_limits_cannot_be_raised_again() -> None:
    status, complaint = attempt(
        "resource.setrlimit(resource.RLIMIT_NOFILE, (99, 99))",
        "import os, resource, sessions_app.media.confinement\n"
        "if os.getuid() == 0:\n    os.setuid(65534)  # root may raise any limit",
    )
    assert status == 1
    assert complaint.startswith("ValueError")


def test_no_core_is_dumped() -> None:
    after = "import_ = resource.getrlimit(resource.RLIMIT_CORE)\nassert import_ == (0, 0), import_"
    assert attempt(after, "import resource") == (0, "")


def test_ends_when_stdin_closes() -> None:
    status, _ = attempt("threading.Event().wait()", "import threading", subprocess.DEVNULL)
    assert status == -9


def test_memory_beyond_the_limit_ends_it_where_the_system_does_not() -> None:
    """The watch alone, as on systems that ignore limits on address space."""
    before = (
        "import resource, threading\n"
        "from sessions_app.media import confinement\n"
        "confinement._bound = lambda kind, value: None"
    )
    after = "held = bytearray(b'x') * 700_000_000\nthreading.Event().wait()"
    assert attempt(after, before)[0] == MEMORY_EXIT


def test_this_process_is_not_confined() -> None:
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 0
