"""Runs of one flow as one row, and what the rows say of each other."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.flow import Flow

REGENERATED_SHARE = 0.2  # of talks, for means over all of them


@dataclass(frozen=True, slots=True)
class Row:
    """Medians over `runs`; seconds, tokens, US dollars. `None` where there is no such thing.

    `stages`: seconds of each stage. `slowest` is the longest wall time of all runs.
    """

    name: str
    runs: int
    wall: float
    slowest: float
    provisional: float | None
    calls: int
    tokens_in: int
    tokens_cached: int
    tokens_out: int
    usd: Decimal | None
    transcription: float
    chain: float
    own: float
    longest_piece: int
    stages: Mapping[str, float]


def summarise(flows: Sequence[Flow]) -> Row:
    """Of runs of the same flow, at least one."""
    return Row(
        name=flows[0].name,
        runs=len(flows),
        wall=_median(flows, lambda flow: flow.wall),
        slowest=max(flow.wall for flow in flows),
        provisional=_median_known([flow.provisional for flow in flows]),
        calls=round(_median(flows, lambda flow: len(flow.calls))),
        tokens_in=round(_median(flows, lambda flow: flow.total("tokens_in"))),
        tokens_cached=round(_median(flows, lambda flow: flow.total("tokens_cached"))),
        tokens_out=round(_median(flows, lambda flow: flow.total("tokens_out"))),
        usd=_median_price([flow.usd for flow in flows]),
        transcription=_median(flows, lambda flow: flow.transcription),
        chain=_median(flows, lambda flow: flow.chain),
        own=_median(flows, lambda flow: flow.own),
        longest_piece=max(flow.longest_piece for flow in flows),
        stages={
            stage: statistics.median(flow.stages[stage] for flow in flows)
            for stage in flows[0].stages
        },
    )


def mixed(kept: float, regenerated: float) -> float:
    """Mean over talks of which a share regenerates."""
    return (1 - REGENERATED_SHARE) * kept + REGENERATED_SHARE * regenerated


def own_parts(row: Row) -> dict[str, float]:
    """Seconds of `own` by stage, without what each waited for the model; the rest is between."""
    waited = {"transcription": row.transcription, "refinement": row.chain}
    parts = {stage: seconds - waited.get(stage, 0.0) for stage, seconds in row.stages.items()}
    return {**parts, "between stages": row.own - sum(parts.values())}


def _median(flows: Sequence[Flow], value: Callable[[Flow], float]) -> float:
    return statistics.median(value(flow) for flow in flows)


def _median_known(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if len(known) == len(values) else None


def _median_price(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if len(known) == len(values) else None
