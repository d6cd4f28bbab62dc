from __future__ import annotations

import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcoach import processes, supervisor
from speechcoach.processes import Program
from speechcoach.supervisor import Keeper, Supervisor
from tests.deadline import eventually

FAILS = Program("failing", (sys.executable, "-S", "-c", "raise SystemExit(3)"))
WAITS = Program("waiting", (sys.executable, "-S", "-c", "import signal; signal.pause()"))


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def mark() -> Iterator[str]:
    mark = uuid.uuid4().hex
    yield mark
    processes.end_marked(mark, 0)


def running(mark: str, number: int = 1) -> list[psutil.Process]:
    """So many as soon as they are there: a new process shows its environment a moment later."""
    eventually(lambda: len(processes.marked(mark)) == number)
    return processes.marked(mark)


def live_through(keeper: Keeper, said: list[str], deaths: int) -> None:
    """Tend until the keeper has told of its nth death."""

    def told() -> bool:
        keeper.tend()
        return len(said) == deaths

    eventually(told)


def test_waits_longer_after_each_early_death(mark: str) -> None:
    clock, said = Clock(), list[str]()
    keeper = Keeper(FAILS, mark, said.append, clock)
    for deaths in range(1, 4):
        live_through(keeper, said, deaths)
        clock.now += supervisor.delay(deaths)
    assert said == [f"failing ended with status 3; starting again in {wait} s" for wait in "124"]


def test_does_not_start_again_before_the_wait_is_over(mark: str) -> None:
    clock, said = Clock(), list[str]()
    keeper = Keeper(FAILS, mark, said.append, clock)
    live_through(keeper, said, 1)
    clock.now += 0.9
    keeper.tend()
    assert processes.marked(mark) == []


def test_who_lived_long_comes_back_soon(mark: str) -> None:
    clock, said = Clock(), list[str]()
    keeper = Keeper(WAITS, mark, said.append, clock)
    for deaths in (1, 2):
        keeper.tend()
        clock.now += supervisor.YOUNG
        (process,) = running(mark)
        process.terminate()
        live_through(keeper, said, deaths)
        clock.now += 1
    assert said == ["waiting was killed by signal 15; starting again in 1 s"] * 2


def test_who_was_killed_from_outside_did_not_fail_and_comes_back_soon(mark: str) -> None:
    clock, said = Clock(), list[str]()
    keeper = Keeper(WAITS, mark, said.append, clock)
    for deaths in (1, 2, 3):
        keeper.tend()
        (process,) = running(mark)
        process.kill()
        live_through(keeper, said, deaths)
        clock.now += 1
    assert said == ["waiting was killed by signal 9; starting again in 1 s"] * 3


def test_who_cannot_be_started_is_tried_again_later_and_ends_nothing(
    mark: str, tmp_path: Path
) -> None:
    command = tmp_path / "python"
    clock, said = Clock(), list[str]()
    missing = Program("missing", (str(command), *WAITS.command[1:]))
    keeper = Keeper(missing, mark, said.append, clock)
    for deaths in (1, 2):
        live_through(keeper, said, deaths)
        clock.now += supervisor.delay(deaths)
    why = "missing could not be started (No such file or directory); starting again in"
    assert said == [f"{why} 1 s", f"{why} 2 s"]
    command.symlink_to(sys.executable)
    keeper.tend()
    assert running(mark)


def test_stops_groups_in_reverse_order(mark: str) -> None:
    said = list[str]()
    kept = Supervisor(mark, said.append)
    kept.add([WAITS])
    kept.add([WAITS, WAITS])
    assert running(mark, 3)
    kept.stop()
    assert processes.marked(mark) == []


@given(st.integers(1, 10_000))
def test_the_wait_grows_from_one_to_thirty_seconds(deaths: int) -> None:
    assert 1 <= supervisor.delay(deaths) <= supervisor.delay(deaths + 1) <= 30
