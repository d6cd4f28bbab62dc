"""`manage.py up` as a user starts it: an empty folder, no settings, real processes."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http.server import HTTPServer, SimpleHTTPRequestHandler
from io import StringIO
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from sessions_app.demo import account
from speechcoach import address
from speechcoach.management.commands.up import Command
from speechcoach.supervisor import Supervisor
from tests.deadline import eventually
from tests.environment import OWN_SETTINGS
from tests.factories import UserFactory
from tests.ports import free_port

SECONDS = 240  # for a start that processes the demo talk, on a busy machine
PARTS = (
    "redis-server",
    "rqworker default",
    "rqworker drafts",
    "rqworker bulk",
    "rqworker low",
    "scheduler",
    "granian",
)


@dataclass
class Up:
    process: subprocess.Popen[bytes]
    folder: Path
    port: int

    @property
    def output(self) -> str:
        return (self.folder / "up.log").read_text()

    def part(self, name: str) -> psutil.Process | None:
        """The direct child whose command line contains `name`, when it lives."""
        for child in psutil.Process(self.process.pid).children():
            with suppress(psutil.Error):
                if name in " ".join(child.cmdline()):
                    return child
        return None

    def living_part(self, name: str) -> psutil.Process:
        """Waits for it: what needs Redis may be on its way back with it."""
        eventually(lambda: self.part(name), seconds=60, what=f"{name} runs")
        part = self.part(name)
        assert part is not None
        return part

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.output
        return "Speech Coach runs at" in self.output

    def start_again(self) -> None:
        again = start(self.folder)
        self.process, self.port = again.process, again.port

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=60)


def environment(folder: Path, port: int) -> dict[str, str]:
    ours = {*OWN_SETTINGS, "DATABASE_URL"}
    others = {name: value for name, value in os.environ.items() if name not in ours}
    own = {"ENV_FILE": os.devnull, "DATA_DIR": str(folder), "WEB_PORT": str(port)}
    return {**others, **own}


def command() -> list[str]:
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), "up"]


def start(folder: Path) -> Up:
    port = free_port()
    with (folder / "up.log").open("wb") as log:
        process = subprocess.Popen(
            command(), env=environment(folder, port), stdout=log, stderr=log, start_new_session=True
        )
    up = Up(process, folder, port)
    eventually(up.is_ready, seconds=SECONDS, what="up answers")
    return up


def of_folder(folder: Path) -> list[psutil.Process]:
    """Every living process that works on the data in `folder`, by what it was told."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            told = [*process.environ().values(), *process.cmdline()]
            if any(str(folder) in word for word in told):
                found.append(process)
    return found


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder with a path short enough for a socket."""
    path = Path(tempfile.mkdtemp(prefix="speechcoach-up-"))
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def shared_up(folder: Path) -> Iterator[Up]:
    started = start(folder)
    yield started
    if started.process.poll() is None:
        started.end(signal.SIGTERM)
    assert of_folder(folder) == []


@pytest.fixture
def up(shared_up: Up) -> Up:
    """One for all tests of this file, started again after a test that ended it."""
    if shared_up.process.poll() is not None:
        shared_up.start_again()
    return shared_up


def refusal(up: Up, port: int, folder: Path) -> str:
    """What another `up` says before it gives up."""
    answer = subprocess.run(
        command(), env=environment(folder, port),
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    return answer.stderr


def test_runs_every_part_and_shows_the_account(up: Up) -> None:
    assert all(up.part(name) for name in PARTS)
    kept = account.read(up.folder)
    assert kept is not None
    assert f"http://127.0.0.1:{up.port}/" in up.output
    assert f"{kept.email}, password: {kept.password}" in up.output


def test_workers_leave_the_processor_to_the_pages(up: Up) -> None:
    assert up.living_part("rqworker default").nice() >= 10
    assert up.living_part("granian").nice() < 10


def test_secrets_are_for_their_owner_alone(up: Up) -> None:
    for name in ("secret_key", account.FILE):
        assert stat.S_IMODE((up.folder / name).stat().st_mode) == 0o600


@pytest.mark.parametrize("name", PARTS)
def test_what_is_killed_comes_back(up: Up, name: str) -> None:
    killed = up.living_part(name)
    killed.kill()
    eventually(lambda: up.part(name) not in (None, killed), seconds=60, what=f"{name} is back")
    eventually(lambda: address.answers("127.0.0.1", up.port))


def test_second_up_says_that_one_is_running(up: Up) -> None:
    assert f"process {up.process.pid}" in refusal(up, free_port(), up.folder)


def test_taken_port_is_named(up: Up, tmp_path: Path) -> None:
    assert f"Port {up.port} on 127.0.0.1 is in use" in refusal(up, up.port, tmp_path)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_leaves_no_process_behind(up: Up, number: signal.Signals) -> None:
    assert up.end(number) == 0
    assert of_folder(up.folder) == []


def test_leaves_no_process_behind_when_it_is_killed(up: Up) -> None:
    up.end(signal.SIGKILL)
    eventually(lambda: of_folder(up.folder) == [])


def test_it_goes_on_where_nobody_can_hear_what_it_says() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    gone = os.fdopen(writer, "w")
    Command(stdout=gone)._say("web ended with status 1; starting again in 1 s")
    with suppress(BrokenPipeError):
        gone.close()


def test_says_where_it_runs_however_late_its_pages_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("speechcoach.management.commands.up.WEB_SECONDS", 0.0)
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    web = HTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler)
    web.timeout = 0.02
    monkeypatch.setattr(settings, "WEB_PORT", web.server_port)
    said = StringIO()
    with ThreadPoolExecutor() as pool, web:
        waiting = pool.submit(Command(stdout=said)._wait_for_web, Supervisor("", print))
        eventually(lambda: "do not answer yet" in said.getvalue())
        while not waiting.done():
            web.handle_request()
    assert f"Speech Coach runs at http://127.0.0.1:{web.server_port}/" in said.getvalue()


@pytest.mark.django_db
def test_an_account_that_others_replaced_is_not_announced_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    account.make(tmp_path)
    UserFactory.create()
    Command()._prepare_demo("")
    assert account.read(tmp_path) is None
