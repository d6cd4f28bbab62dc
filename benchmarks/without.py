"""Ours with one technique switched off, for each of them in turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks import ours
from benchmarks.flow import Flow
from benchmarks.installation import forget_rings, workers
from benchmarks.names import OURS_KEPT, OURS_REGENERATED
from benchmarks.progress import say
from benchmarks.summary import Row, summarise
from benchmarks.talk import Talk
from benchmarks.techniques import TECHNIQUES, Technique
from metrics_app.models import FeatureFlag
from sessions_app import doorbell
from tests.simulator import Simulator


@dataclass(frozen=True, slots=True)
class Without:
    """`row` is what was measured without it, `usual` names the row of the same talk with it."""

    technique: str
    instead: str
    usual: str
    row: Row


def without_each(
    runs: int, kept: Talk, contested: Talk, simulator: Simulator
) -> tuple[Without, ...]:
    """`runs` runs without each, and without embeddings; none for 0."""
    if not runs:
        return ()
    found = tuple(
        Without(
            name,
            technique.instead,
            OURS_REGENERATED if technique.contested else OURS_KEPT,
            _measured(name, technique, runs, contested if technique.contested else kept, simulator),
        )
        for name, technique in TECHNIQUES.items()
    )
    forget_rings(doorbell.LOW)
    return found


def _measured(name: str, technique: Technique, runs: int, talk: Talk, simulator: Simulator) -> Row:
    patched = name if technique.patches else ""
    worker = workers(
        simulator.url, queues=(doorbell.DEFAULT,), told=technique.told, without=patched
    )
    with _flag_off(technique.flag), worker:
        return summarise([_run(name, technique, talk, simulator) for _ in range(runs)])


def _run(name: str, technique: Technique, talk: Talk, simulator: Simulator) -> Flow:
    flow = ours.measure(
        f"without {name}",
        talk,
        simulator,
        mode=technique.mode,
        regenerates=technique.contested,
        embedded=False,
    )
    say(f"{flow.name}: {flow.wall:.2f} s")
    return flow


@contextmanager
def _flag_off(flag: str) -> Iterator[None]:
    if not flag:
        yield
        return
    stored = FeatureFlag.objects.filter(name=flag)
    stored.update(everyone=False)
    try:
        yield
    finally:
        stored.update(everyone=True)
