"""Whole flows against one simulated model server: two references, and ours."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import ours
from benchmarks.flow import Flow
from benchmarks.installation import installation, workers
from benchmarks.machine import load, machine
from benchmarks.measured import Measured
from benchmarks.names import OURS_ALIGNED, OURS_KEPT, OURS_REGENERATED, of_length
from benchmarks.own_work import own_work
from benchmarks.progress import say
from benchmarks.seeded import seeded, seeded_talks
from benchmarks.side_by_side import Pair, references
from benchmarks.summary import summarise
from benchmarks.talk import Talk
from benchmarks.talks import Talks, reference_talks
from benchmarks.tight import Tight, tight
from benchmarks.without import without_each
from tests.simulator import Simulator, start

QUICK_SCALE = 0.1
FEWER = 3  # runs at most of other flows than the one with most targets


@dataclass(frozen=True, slots=True)
class Plan:
    """`runs` of our flow, `without` runs with each technique off, `seeded` talks."""

    runs: int
    without: int
    seeded: int
    quick: bool

    @property
    def scale(self) -> float:
        return QUICK_SCALE if self.quick else 1.0

    @property
    def profile(self) -> tuple[str, ...]:
        """Options of the simulator."""
        return "--profile", "token", "--time-scale", str(self.scale)


def run(plan: Plan) -> Measured:
    """Raises `WrongFlow` and `WaitedInVain`."""
    before = load()
    with tempfile.TemporaryDirectory() as name, installation():
        folder = Path(name)
        talks = reference_talks(folder, quick=plan.quick)
        bounded, many = _tight_and_seeded_talks(plan, talks, folder)
        with _simulator(plan, "words") as simulator:
            flows, pairs = _references(plan, talks, many, simulator)
            flows |= _ours(plan, talks, simulator)
            off = without_each(plan.without, talks.kept, talks.regenerated, simulator)
        if not plan.quick:  # a server of another kind, with the same latencies
            with _simulator(plan, "text") as simulator:
                flows |= _aligned(plan, talks.kept, simulator)
        own = None if plan.quick else own_work(folder, talks)
        with _simulator(plan, "words") as simulator:
            all_of_them = seeded(many, pairs, simulator) if many else None
    return Measured(
        rows={name: summarise(runs) for name, runs in flows.items()},
        flows={name: runs[0] for name, runs in flows.items()},
        quick=plan.quick,
        time_scale=plan.scale,
        machine=machine(before),
        without=off,
        tight=bounded,
        own=own,
        seeded=all_of_them,
    )


@contextmanager
def _simulator(plan: Plan, transcription: str) -> Iterator[Simulator]:
    simulator = start(*plan.profile, "--transcription", transcription)
    try:
        yield simulator
    finally:
        simulator.stop()


def _tight_and_seeded_talks(
    plan: Plan, talks: Talks, folder: Path
) -> tuple[Tight | None, list[Talk]]:
    """The seeded talks are spoken beside a run that waits for its turn nearly all of its time."""
    with ThreadPoolExecutor(1) as beside:
        many = beside.submit(seeded_talks, plan.seeded, folder)
        bounded = tight(talks.long, plan.profile) if talks.long else None
        return bounded, many.result()


def _references(
    plan: Plan, talks: Talks, many: Sequence[Talk], simulator: Simulator
) -> tuple[dict[str, list[Flow]], list[Pair]]:
    say("references, side by side")
    lengths = [talk for talk in talks.all if not talk.contested]
    flows, pairs = references(lengths, many, simulator, plan.scale)
    for flow in flows:
        say(f"{flow.name}: {flow.wall:.1f} s")
    return {flow.name: [flow] for flow in flows}, pairs


def _ours(plan: Plan, talks: Talks, simulator: Simulator) -> dict[str, list[Flow]]:
    simulator.know([talk.files for talk in talks.all])
    flows = {}
    with workers(simulator.url):
        ours.analysed(talks.kept, simulator)  # for nothing: first times
        for talk in talks.all:
            usual = OURS_REGENERATED if talk.contested else OURS_KEPT
            name = of_length(usual, talk.length)
            flows[name] = _several(plan, name, talk, simulator)
    return flows


def _aligned(plan: Plan, talk: Talk, simulator: Simulator) -> dict[str, list[Flow]]:
    simulator.know([talk.files])
    with workers(simulator.url):
        ours.analysed(talk, simulator)
        return {OURS_ALIGNED: _several(plan, OURS_ALIGNED, talk, simulator)}


def _several(plan: Plan, name: str, talk: Talk, simulator: Simulator) -> list[Flow]:
    flows = []
    for _ in range(plan.runs if name == OURS_KEPT else min(plan.runs, FEWER)):
        flows.append(ours.measure(name, talk, simulator, regenerates=talk.contested))
        say(f"{name}: {flows[-1].wall:.2f} s, own {flows[-1].own:.2f} s")
    return flows
