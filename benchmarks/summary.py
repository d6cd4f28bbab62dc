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

    `stages`: seconds of each stage; `without_calls`: those of them, and between them, in which no
    call was under way. `slowest` is the longest wall time of all runs.
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
    without_calls: Mapping[str, float]


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
        stages=_medians([flow.stages for flow in flows]),
        without_calls=_medians([flow.without_calls for flow in flows]),
    )


def mixed(kept: float, regenerated: float) -> float:
    """Mean over talks of which a share regenerates."""
    return (1 - REGENERATED_SHARE) * kept + REGENERATED_SHARE * regenerated


def _median(flows: Sequence[Flow], value: Callable[[Flow], float]) -> float:
    return statistics.median(value(flow) for flow in flows)


def _medians(parts: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: statistics.median(each[name] for each in parts) for name in parts[0]}


def _median_known(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if len(known) == len(values) else None


def _median_price(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if len(known) == len(values) else None
