"""What it costs to write down what is done: the ledger of calls, checkpoints and metrics.

The same talk, three times: all in memory, with the ledger in the database, and as a run with
everything. The server answers at once, so that only our own processor time is left.
"""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from ai.ledger import Books, Subject
from ai.memory import MemoryBooks
from benchmarks.installation import forget_rings
from benchmarks.ours import WrongFlow, upload
from benchmarks.progress import say
from benchmarks.talk import Talk
from metrics_app.record import DatabaseBooks
from sessions_app import doorbell, pipeline
from sessions_app.limits import talk_limits
from sessions_app.models import RunState
from sessions_app.stages import context
from sessions_app.stages.context import ModelAccess, Plan
from speechcoach.model_config import model_config
from tests.simulator import Simulator

_OWNERS = itertools.count(10_000_000)  # nobody's answers are found again


@dataclass(frozen=True, slots=True)
class Bookkeeping:
    """Seconds of processor time, medians over `rounds` that took turns."""

    rounds: int
    calls: int
    in_memory: float
    with_ledger: float
    with_everything: float

    @property
    def ledger(self) -> float:
        return self.with_ledger - self.in_memory

    @property
    def checkpoints(self) -> float:
        """And the rows of metrics, the lease and the heartbeat."""
        return self.with_everything - self.with_ledger


def bookkeeping(rounds: int, talk: Talk, simulator: Simulator) -> Bookkeeping:
    """No worker may be running. Raises `WrongFlow`."""
    ways: dict[str, Callable[[], None]] = {
        "in_memory": lambda: _analysed(talk, MemoryBooks()),
        "with_ledger": lambda: _analysed(talk, DatabaseBooks()),
        "with_everything": lambda: _executed(talk),
    }
    spent: dict[str, list[float]] = {name: [] for name in ways}
    simulator.know([talk.files])
    for way in ways.values():  # once for nothing: first times
        way()
    for _ in range(rounds):
        for name, way in ways.items():
            simulator.reset()
            began = time.process_time()
            way()
            spent[name].append(time.process_time() - began)
    calls = len(simulator.log())
    forget_rings(doorbell.DEFAULT, doorbell.LOW)
    found = Bookkeeping(
        rounds, calls, **{name: statistics.median(each) for name, each in spent.items()}
    )
    say(f"bookkeeping: ledger {found.ledger:.3f} s, checkpoints {found.checkpoints:.3f} s")
    return found


def _analysed(talk: Talk, books: Books) -> None:
    config = model_config()
    assert config is not None
    access = ModelAccess(config, Subject(next(_OWNERS), "benchmark"), lambda: books, Plan())
    given = context.Talk("", "en", "presentation", None, None, talk.audio, "", "", "")
    pipeline.analyze(given, talk_limits(), access)


def _executed(talk: Talk) -> None:
    run = upload(talk)
    pipeline.execute(run.pk)
    run.refresh_from_db()
    if run.state != RunState.COMPLETED:
        raise WrongFlow(f"{run.state}: {run.problem} {run.problem_detail}")
