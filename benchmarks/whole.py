"""Whole flows against one simulated model server: two references, and ours."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import ours, reference, targets
from benchmarks.flow import Flow
from benchmarks.installation import installation, workers
from benchmarks.machine import load, machine
from benchmarks.summary import Row, summarise
from benchmarks.table import Measured
from benchmarks.talk import Talk, make_talk
from tests.simulator import Simulator, start

SEEDS = {"kept": (1,), "regenerated": (2,), "long": (3, 4, 5, 6, 7, 8)}
QUICK_SCALE = 0.25


@dataclass(frozen=True, slots=True)
class Plan:
    """`talks`: runs of each of our flows, except for the half hour, which runs once."""

    talks: int
    quick: bool

    @property
    def scale(self) -> float:
        return QUICK_SCALE if self.quick else 1.0


@dataclass(frozen=True, slots=True)
class Talks:
    """`long` is `None` in a quick run."""

    kept: Talk
    regenerated: Talk
    long: Talk | None

    @property
    def options(self) -> list[str]:
        made = [talk for talk in (self.kept, self.regenerated, self.long) if talk is not None]
        return [part for talk in made for part in ("--talk", talk.option)]


def run(plan: Plan) -> Measured:
    before = load()
    with tempfile.TemporaryDirectory() as folder, installation():
        talks = _talks(Path(folder), plan)
        flows = _all_flows(plan, talks)
    rows: dict[str, Row] = {name: summarise(runs) for name, runs in flows.items()}
    return Measured(rows, plan.quick, plan.scale, machine(before))


def _all_flows(plan: Plan, talks: Talks) -> dict[str, list[Flow]]:
    with _simulator(plan, talks, "words") as simulator:
        flows = _references(plan, talks.kept, simulator)
        with workers(simulator.url):
            flows |= _ours(plan, talks, simulator)
    if not plan.quick:  # a server of another kind, with the same latencies
        with _simulator(plan, talks, "text") as simulator, workers(simulator.url):
            ours.warm_up(talks.kept)
            flows |= _several(plan, targets.OURS_ALIGNED, talks.kept, simulator)
    return flows


def _talks(folder: Path, plan: Plan) -> Talks:
    _say("speaking the reference talks")
    return Talks(
        kept=make_talk(folder, "kept", contested=False, seeds=SEEDS["kept"]),
        regenerated=make_talk(folder, "regenerated", contested=True, seeds=SEEDS["regenerated"]),
        long=None
        if plan.quick
        else make_talk(folder, "long", contested=False, seeds=SEEDS["long"]),
    )


@contextmanager
def _simulator(plan: Plan, talks: Talks, transcription: str) -> Iterator[Simulator]:
    options = ("--profile", "token", "--time-scale", str(plan.scale))
    simulator = start(*options, "--transcription", transcription, *talks.options)
    try:
        yield simulator
    finally:
        simulator.stop()


def _references(plan: Plan, talk: Talk, simulator: Simulator) -> dict[str, list[Flow]]:
    """One after the other; in a quick run side by side."""
    url, scale = simulator.url, plan.scale
    works = (
        reference.sequential(url, talk, scale),
        reference.hybrid(url, talk, scale, regenerates=False),
        reference.hybrid(url, talk, scale, regenerates=True),
    )

    async def all_of_them() -> list[Flow]:
        if plan.quick:
            return list(await asyncio.gather(*works))
        found = []
        for work in works:
            simulator.reset()
            found.append(await work)
            _say(f"{found[-1].name}: {found[-1].wall:.1f} s")
        return found

    return {flow.name: [flow] for flow in asyncio.run(all_of_them())}


def _ours(plan: Plan, talks: Talks, simulator: Simulator) -> dict[str, list[Flow]]:
    ours.warm_up(talks.kept)
    flows = _several(plan, targets.OURS_KEPT, talks.kept, simulator)
    flows |= _several(plan, targets.OURS_REGENERATED, talks.regenerated, simulator)
    if talks.long is not None:
        once = Plan(1, plan.quick)
        flows |= _several(once, targets.OURS_LONG, talks.long, simulator)
    return flows


def _several(plan: Plan, name: str, talk: Talk, simulator: Simulator) -> dict[str, list[Flow]]:
    regenerates = name == targets.OURS_REGENERATED
    flows = []
    for _ in range(plan.talks):
        flows.append(ours.measure(name, talk, simulator, regenerates=regenerates))
        _say(f"{name}: {flows[-1].wall:.2f} s, own {flows[-1].own:.2f} s")
    return {name: flows}


def _say(line: str) -> None:
    """Beside the result, so that JSON stays JSON."""
    sys.stderr.write(f"{line}\n")
