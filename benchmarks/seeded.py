"""Many talks, no two alike, a fifth of them contested: each through the references and ours."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks import ours
from benchmarks.flow import Flow
from benchmarks.installation import forget_rings, workers
from benchmarks.progress import say
from benchmarks.side_by_side import Pair
from benchmarks.talk import Making, Talk, make_talk
from sessions_app import doorbell
from tests.simulator import Simulator

FIRST_SEED = 101
CONTESTED_EVERY = 5
MAKERS = 2  # talks at once


@dataclass(frozen=True, slots=True)
class SeededTalk:
    """Wall times of the three flows in seconds."""

    name: str
    regenerated: bool
    sequential: float
    hybrid: float
    ours: float

    @property
    def ratio(self) -> float:
        return self.ours / self.sequential


@dataclass(frozen=True, slots=True)
class Seeded:
    """At least one talk."""

    talks: tuple[SeededTalk, ...]

    @property
    def means(self) -> dict[str, float]:
        """Seconds by flow."""
        return {
            "sequential": statistics.fmean(talk.sequential for talk in self.talks),
            "hybrid": statistics.fmean(talk.hybrid for talk in self.talks),
            "ours": statistics.fmean(talk.ours for talk in self.talks),
        }

    @property
    def regenerated(self) -> float:
        """Share of the talks."""
        return sum(talk.regenerated for talk in self.talks) / len(self.talks)

    @property
    def slowest(self) -> SeededTalk:
        """By its ratio."""
        return max(self.talks, key=lambda talk: talk.ratio)


def seeded_talks(count: int, folder: Path) -> list[Talk]:
    if count:
        say(f"speaking {count} seeded talks")
    with ThreadPoolExecutor(MAKERS) as makers:
        return list(makers.map(lambda number: make_talk(folder, making(number)), range(count)))


def seeded(talks: Sequence[Talk], references: Sequence[Pair], simulator: Simulator) -> Seeded:
    """Ours one after the other, at least one, beside what the references took."""
    return Seeded(
        tuple(
            SeededTalk(
                flow.name, flow.regenerated, pair.sequential.wall, pair.hybrid.wall, flow.wall
            )
            for pair, flow in zip(references, _ours(talks, simulator), strict=True)
        )
    )


def making(number: int) -> Making:
    """Of five minutes; a fifth of them, spread evenly, is contested."""
    seed = FIRST_SEED + number
    contested = number % CONTESTED_EVERY == CONTESTED_EVERY - 1
    return Making(f"seed {seed}", (seed,), contested)


def _ours(talks: Sequence[Talk], simulator: Simulator) -> list[Flow]:
    """Without their vectors, for which nobody waits."""
    flows = []
    with workers(simulator.url, queues=(doorbell.DEFAULT,)):
        for talk in talks:
            simulator.know([talk.files])
            flow = ours.measure(talk.name, talk, simulator, regenerates=None, embedded=False)
            again = ", regenerated" if flow.regenerated else ""
            say(f"{talk.name}: {flow.wall:.2f} s{again}")
            flows.append(flow)
    forget_rings(doorbell.LOW)
    return flows
