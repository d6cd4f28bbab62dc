"""What is our own and no waiting: processor time, memory, and the books."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.bookkeeping import Bookkeeping, bookkeeping
from benchmarks.effort import Effort, efforts
from benchmarks.installation import served
from benchmarks.memory import Peak, memory
from benchmarks.talk import Talk
from benchmarks.talks import Talks
from tests.simulator import start

ROUNDS = 5
SLOWLY = ("--profile", "token")


@dataclass(frozen=True, slots=True)
class OwnWork:
    efforts: tuple[Effort, ...]
    memory: tuple[Peak, ...]
    books: Bookkeeping


def own_work(folder: Path, talks: Talks) -> OwnWork:
    """In an installation without workers. Rough drafts only where there is a long talk."""
    lengths = [talk for talk in (talks.kept, talks.long) if talk is not None]
    return OwnWork(
        efforts(folder, lengths, drafts=talks.long is not None),
        _memory(lengths),
        _books(talks.kept),
    )


def _memory(talks: list[Talk]) -> tuple[Peak, ...]:
    simulator = start(*SLOWLY)
    try:
        return memory(talks, simulator)
    finally:
        simulator.stop()


def _books(talk: Talk) -> Bookkeeping:
    simulator = start()
    try:
        with served(simulator.url):
            return bookkeeping(ROUNDS, talk, simulator)
    finally:
        simulator.stop()
