"""Many browsers at once, by locust, and what they found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.deadline import eventually

LOCUST: Final = "locust==2.47.0"
VISITORS: Final = Path(__file__).with_name("visitors.py")
UV: Final = Path(sys.executable).with_name("uv")
COMING: Final = 15.0
"""Seconds in which all of them come: one think time, so that they are spread evenly."""
STARTING: Final = 60.0  # seconds of locust itself


@dataclass(frozen=True, slots=True)
class Answer:
    """`at` in seconds since the epoch, when it had come. `verdict` as `visitors.py` has it."""

    at: float
    what: str
    milliseconds: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Crowd:
    """Where they go, who they are, what they upload."""

    url: str
    people: Path
    recording: Path
    folder: Path

    def prepare(self) -> None:
        """Have uv fetch locust, so that nobody waits for it later."""
        subprocess.run([*_locust(), "--version"], check=True, stdout=subprocess.DEVNULL)  # noqa: S603

    @contextmanager
    def of(self, users: int, seconds: float) -> Iterator[subprocess.Popen[bytes]]:
        """Given when all of them are there. They stay for `seconds` and go by themselves."""
        command = [
            *_locust(), "-f", str(VISITORS), "--host", self.url, "--headless",
            "--users", str(users), "--spawn-rate", f"{users / COMING:.2f}",
            "--run-time", f"{COMING + seconds:.0f}s", "--stop-timeout", "0",
            "--loglevel", "ERROR", "--only-summary",
        ]  # fmt: skip
        named = {
            "LOAD_PEOPLE": self.people,
            "LOAD_RECORDING": self.recording,
            "LOAD_RESULT": self._result,
            "LOAD_BEGAN": self._began,
        }
        for file in (self._result, self._began):
            file.unlink(missing_ok=True)
        process = subprocess.Popen(  # noqa: S603
            command,
            env={**os.environ, **{name: str(path) for name, path in named.items()}},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            eventually(self._began.exists, seconds=STARTING, what="locust begins")
            time.sleep(COMING)
            yield process
        finally:
            process.terminate()
            process.wait()

    def found(self) -> list[Answer]:
        return [Answer(*row) for row in json.loads(self._result.read_text())]

    @property
    def _result(self) -> Path:
        return self.folder / "answers.json"

    @property
    def _began(self) -> Path:
        return self.folder / "began"


def within(answers: Sequence[Answer], begin: float, end: float) -> list[Answer]:
    return [answer for answer in answers if begin <= answer.at < end]


def _locust() -> list[str]:
    return [str(UV), "tool", "run", "--quiet", "--from", LOCUST, "locust"]
