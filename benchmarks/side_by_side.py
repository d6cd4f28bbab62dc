"""Reference flows at the same time: all they do is sleep and wait for the model server.

What they took beyond that stands in the table as their own time, beside the 2.4 s of work that is
given, so that one can see that they did not slow each other down.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks import reference
from benchmarks.flow import Flow
from benchmarks.talk import Talk
from tests.simulator import Simulator

APART = 0.5  # seconds between the starts for two seeded talks


@dataclass(frozen=True, slots=True)
class Pair:
    """The sequential flow, and the hybrid as the talk makes it: kept or regenerated."""

    sequential: Flow
    hybrid: Flow


def references(
    talks: Sequence[Talk], seeded: Sequence[Talk], simulator: Simulator, scale: float
) -> tuple[list[Flow], list[Pair]]:
    """Every flow for each of `talks`, and a pair for each of `seeded`."""
    files = [talk.files for talk in (*talks, *seeded)]
    simulator.know(files, whole=True)
    simulator.reset()
    return asyncio.run(_references(talks, seeded, simulator.url, scale))


async def _references(
    talks: Sequence[Talk], seeded: Sequence[Talk], url: str, scale: float
) -> tuple[list[Flow], list[Pair]]:
    works = [
        work
        for talk in talks
        for work in (
            reference.sequential(url, talk, scale),
            reference.hybrid(url, talk, scale, regenerates=False),
            reference.hybrid(url, talk, scale, regenerates=True),
        )
    ]
    pairs = [_pair(url, talk, scale, number) for number, talk in enumerate(seeded)]
    flows, found = await asyncio.gather(asyncio.gather(*works), asyncio.gather(*pairs))
    return list(flows), list(found)


async def _pair(url: str, talk: Talk, scale: float, number: int) -> Pair:
    await asyncio.sleep(number * APART * scale)
    sequential, hybrid = await asyncio.gather(
        reference.sequential(url, talk, scale),
        reference.hybrid(url, talk, scale, regenerates=talk.contested),
    )
    return Pair(sequential, hybrid)
