"""Keeping programs running: what dies comes back, later each time it dies young."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterable

from speechcoach import processes
from speechcoach.processes import Program

LONGEST_DELAY = 30.0  # seconds
YOUNG = 60.0  # seconds; who lives longer starts again with the shortest delay
LOOK_SECONDS = 0.2

Say = Callable[[str], None]
Clock = Callable[[], float]


def delay(deaths: int) -> float:
    """Seconds to wait after the nth early death in a row: 1, 2, 4 … up to 30."""
    return min(LONGEST_DELAY, 2.0 ** min(deaths - 1, 10))


class Keeper:
    """One program, its process of the moment, and when to start the next one."""

    def __init__(self, program: Program, mark: str, say: Say, clock: Clock = time.monotonic):
        self.program = program
        self._mark = mark
        self._say = say
        self._clock = clock
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_at = 0.0
        self._deaths = 0

    def tend(self) -> None:
        """Start the program when it is due; notice its death."""
        if self._process is None:
            if self._clock() >= self._start_at:
                self._start()
        elif self._process.poll() is not None:
            self._bury(self._process)

    def ask_to_end(self) -> None:
        if self._process is not None:
            processes.ask_to_end(self._process)

    def wait_or_kill(self) -> None:
        if self._process is not None:
            processes.wait_or_kill(self._process, self.program.grace_seconds)
            self._process = None

    def _start(self) -> None:
        try:
            self._process = processes.start(self.program, self._mark)
        except OSError as error:  # a machine without memory or processes to spare, for now
            self._died(young=True, how=f"could not be started ({error.strerror})")
            return
        self._started_at = self._clock()

    def _bury(self, process: subprocess.Popen[bytes]) -> None:
        processes.kill_group(process)
        self._process = None
        lived = self._clock() - self._started_at
        killed = process.returncode == -signal.SIGKILL  # from outside: it did not fail
        self._died(young=not killed and lived < YOUNG, how=_ending(process.returncode))

    def _died(self, *, young: bool, how: str) -> None:
        self._deaths = self._deaths + 1 if young else 1
        wait = delay(self._deaths)
        self._start_at = self._clock() + wait
        self._say(f"{self.program.name} {how}; starting again in {wait:g} s")


class Supervisor:
    """Keeps groups of programs; started in their order, ended group by group in reverse."""

    def __init__(self, mark: str, say: Say):
        self._mark = mark
        self._say = say
        self._groups: list[list[Keeper]] = []

    def add(self, programs: Iterable[Program]) -> None:
        """Start a group of programs and keep them from now on."""
        group = [Keeper(program, self._mark, self._say) for program in programs]
        self._groups.append(group)
        for keeper in group:
            keeper.tend()

    def tend(self) -> None:
        for group in self._groups:
            for keeper in group:
                keeper.tend()

    def run(self) -> None:
        """Tend until an exception, such as `KeyboardInterrupt`, ends it."""
        while True:
            self.tend()
            time.sleep(LOOK_SECONDS)

    def stop(self) -> None:
        for group in reversed(self._groups):
            for keeper in group:
                keeper.ask_to_end()
            for keeper in group:
                keeper.wait_or_kill()


def _ending(code: int) -> str:
    return f"was killed by signal {-code}" if code < 0 else f"ended with status {code}"
