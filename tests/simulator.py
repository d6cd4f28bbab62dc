"""The simulated model server as a process of its own, for any test that needs one.

`simulator` is a plain one, new for each test. `start_simulator` starts others with options of
`python -m tests.openai_sim`; all of them are gone after the test.
"""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

import pytest

from tests.deadline import eventually
from tests.ports import free_port

ROOT = Path(__file__).parent.parent
STARTING = 120.0  # seconds, on a busy machine


@dataclass(frozen=True, slots=True)
class Asked:
    """One request in the log. Times in seconds since the epoch; `end` is `None` while it runs.

    `question` is the same for the same body at the same address; `project` as the client names it.
    """

    id: int
    path: str
    purpose: str
    model: str
    start: float
    end: float | None
    status: int | None
    fault: str | None  # a kind, or "over_budget"
    tokens_in: int
    tokens_cached: int
    tokens_out: int
    audio_seconds: int
    cost: Decimal | None  # dollars; 0 unless complete, `None` for a model without a price
    streamed: bool
    complete: bool  # a 200 that was sent to its last byte
    disconnected: bool  # the client left first
    question: str = ""
    project: str = ""
    retry_after: float | None = None  # seconds, where it was told to come back

    @classmethod
    def read(cls, row: dict[str, Any]) -> Self:
        cost = row["cost"]
        known = {field.name: row[field.name] for field in fields(cls)}
        return cls(**{**known, "cost": None if cost is None else Decimal(cost)})

    def overlaps(self, other: Asked) -> bool:
        """Both were going on at some moment."""
        ends = [each.end if each.end is not None else float("inf") for each in (self, other)]
        return max(self.start, other.start) < min(ends)


@dataclass(frozen=True, slots=True)
class Bill:
    """Dollars, exactly; models without a price with the number of their answers."""

    total: Decimal
    models: dict[str, Decimal]
    not_billable: dict[str, int]


class Simulator:
    """`url` is what OPENAI_BASE_URL takes."""

    def __init__(self, *arguments: str) -> None:
        self._arguments = arguments
        self._port = free_port()
        self.root = f"http://127.0.0.1:{self._port}"
        self.url = f"{self.root}/v1"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """On the same port as before, with nothing remembered."""
        command = [sys.executable, "-m", "tests.openai_sim", "--port", str(self._port)]
        self._process = subprocess.Popen([*command, *self._arguments], cwd=ROOT)
        eventually(self._answers, seconds=STARTING, what="the simulator answers")

    def stop(self) -> None:
        self._end(lambda process: process.terminate())

    def kill(self) -> None:
        """At once, with every connection cut."""
        self._end(lambda process: process.kill())

    def restart(self) -> None:
        self.kill()
        self.start()

    @property
    def running(self) -> bool:
        return self._process is not None

    def log(self, purpose: str | None = None) -> list[Asked]:
        """All requests so far, oldest first; those of one purpose, such as "verdicts"."""
        rows = [Asked.read(row) for row in self._call("/log")["requests"]]
        return [row for row in rows if purpose in {None, row.purpose}]

    def body(self, request_id: int) -> Any:
        """What was asked: the JSON body, or the fields of a transcription."""
        return self._call(f"/log/{request_id}")

    def bill(self) -> Bill:
        bill = self._call("/bill")
        models = {model: Decimal(amount) for model, amount in bill["models"].items()}
        return Bill(Decimal(bill["total_usd"]), models, bill["not_billable"])

    def set_faults(self, rates: dict[str, float]) -> None:
        """By chance from now on, in place of the rates before; `{}` for none."""
        self._call("/faults", rates)

    def next_faults(self, kinds: Sequence[str], purpose: str = "*") -> None:
        """For exactly the next requests of a purpose, one each; "ok" is none."""
        self._call("/faults", {"next": list(kinds), "purpose": purpose})

    def slow_down(self, factors: dict[str, float]) -> None:
        """By model, how many times as long as usual its answers take; `{}` for no longer."""
        self._call("/latency", factors)

    def asked_for(self) -> list[str]:
        """The purpose of every request so far, in alphabetical order."""
        return sorted(request.purpose for request in self.log())

    def hold(self) -> None:
        """Take requests and answer none, until the release."""
        self._call("/hold", {})

    def release(self) -> None:
        self._call("/release", {})

    def know(self, talks: Iterable[tuple[Path, Path]], *, whole: bool = False) -> None:
        """Recordings with the JSON of their words, in place of those known before.

        With `whole` only as complete files, which spares the server to decode them; else any
        piece of them. Returns when the server is ready for either.
        """
        known = [[str(audio), str(words)] for audio, words in talks]
        self._call("/talks", {"talks": known, "whole": whole})

    def faults(self) -> Any:
        return self._call("/faults")

    def reset(self) -> None:
        """Log, bill, prefix cache, budget window, speed and faults as after the start."""
        self._call("/reset", {})

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, "the simulator ended; see what it wrote to stderr"
        try:
            self.faults()
        except OSError:
            return False
        return True

    def _call(self, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(self.root + path, data, timeout=60) as response:
            return json.load(response)

    def _end(self, how: Callable[[subprocess.Popen[bytes]], None]) -> None:
        if self._process is None:
            return
        how(self._process)
        self._process.wait(timeout=60)
        self._process = None


StartSimulator = Callable[..., Simulator]


def start(*arguments: str) -> Simulator:
    """One that answers. The caller stops it."""
    simulator = Simulator(*arguments)
    simulator.start()
    return simulator


@pytest.fixture
def start_simulator() -> Iterator[StartSimulator]:
    started: list[Simulator] = []

    def starter(*arguments: str) -> Simulator:
        started.append(start(*arguments))
        return started[-1]

    yield starter
    for simulator in started:
        simulator.stop()


@pytest.fixture(scope="session")
def _plain_simulator() -> Iterator[Simulator]:
    simulator = start()
    yield simulator
    simulator.stop()


@pytest.fixture
def simulator(_plain_simulator: Simulator) -> Simulator:
    """Without latency and without faults; a test may order some, or kill it."""
    if _plain_simulator.running:
        _plain_simulator.reset()
    else:
        _plain_simulator.start()
    return _plain_simulator
