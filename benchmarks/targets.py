"""What is to be reached, beside what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.effort import DRAFT
from benchmarks.measured import Measured
from benchmarks.names import (
    HYBRID_KEPT,
    HYBRID_REGENERATED,
    OURS_ALIGNED,
    OURS_KEPT,
    OURS_LONG,
    OURS_REGENERATED,
    SEQUENTIAL,
)
from benchmarks.own_work import OwnWork
from benchmarks.seeded import Seeded
from benchmarks.summary import Row, mixed
from benchmarks.tight import Tight

Rows = Mapping[str, Row]


@dataclass(frozen=True, slots=True)
class Target:
    """`unit`: "×" for a ratio, "s", "%", "MB" or "" for a plain number. `limit` is the most there
    may be, and with `at_least` the least.
    """

    name: str
    value: float
    limit: float
    unit: str = "×"
    at_least: bool = False

    @property
    def met(self) -> bool:
        return self.missed_by == 0

    @property
    def missed_by(self) -> float:
        beyond = self.limit - self.value if self.at_least else self.value - self.limit
        return max(0.0, beyond)


def targets(measured: Measured) -> list[Target]:
    """Those that were measured; none in a quick run, where waiting times are shortened."""
    if measured.quick:
        return []
    rows = measured.rows
    found = [*_complete(rows), *_provisional(rows), *_own(rows)]
    if measured.seeded is not None:
        found += _seeded(measured.seeded)
    if OURS_LONG in rows:
        ratio = rows[OURS_LONG].wall / rows[OURS_KEPT].wall
        found.append(Target("30 minutes against 5 minutes", ratio, 1.4))
    if measured.tight is not None:
        found += _bounded(measured.tight)
    found += _spent(rows)
    if measured.own is not None:
        found += _worked(measured.own)
    return found


def mean_walls(rows: Rows) -> dict[str, float]:
    """Of the three flows, with the share of regenerated talks. Computed from the medians."""
    pairs = {
        "hybrid": (HYBRID_KEPT, HYBRID_REGENERATED),
        "ours": (OURS_KEPT, OURS_REGENERATED),
    }
    means = {
        name: mixed(rows[kept].wall, rows[again].wall)
        for name, (kept, again) in pairs.items()
        if kept in rows and again in rows
    }
    return {SEQUENTIAL: rows[SEQUENTIAL].wall, **means}


def _complete(rows: Rows) -> Iterator[Target]:
    base = rows[SEQUENTIAL].wall
    kept, again = rows[OURS_KEPT], rows[OURS_REGENERATED]
    yield Target("complete report, coaching kept", kept.wall / base, 0.15)
    yield Target("complete report, coaching regenerated", again.wall / base, 0.22)
    yield Target("slowest of all 5-minute talks", max(kept.slowest, again.slowest) / base, 0.25)


def _provisional(rows: Rows) -> Iterator[Target]:
    base = rows[SEQUENTIAL].wall
    for name, limit in ((OURS_KEPT, 0.045), (OURS_ALIGNED, 0.10)):
        seconds = rows[name].provisional if name in rows else None
        if seconds is None:
            continue
        how = "word times by alignment" if name == OURS_ALIGNED else "word times from the server"
        yield Target(f"provisional report, {how}", seconds / base, limit)
        if name == OURS_KEPT:
            yield Target("the same in seconds", seconds, 3.0, "s")


def _own(rows: Rows) -> Iterator[Target]:
    kept = rows[OURS_KEPT]
    yield Target("our own time, coaching kept", kept.own, 0.35, "s")
    yield Target("the same as a share of the wall time", 100 * kept.own / kept.wall, 4.0, "%")
    longest = max(row.longest_piece for name, row in rows.items() if name.startswith("ours"))
    yield Target("longest piece of sound in one request", longest, 75, "s")


def _spent(rows: Rows) -> Iterator[Target]:
    for ours, theirs in ((OURS_KEPT, HYBRID_KEPT), (OURS_REGENERATED, HYBRID_REGENERATED)):
        if theirs not in rows:
            continue
        how = ours.removeprefix("ours, ")
        own, other = rows[ours], rows[theirs]
        share = own.tokens_out / other.tokens_out
        yield Target(f"output tokens against the hybrid, {how}", share, 0.65)
        if own.usd is not None and other.usd is not None:
            dollars = float(own.usd / other.usd)
            yield Target(f"US dollars against the hybrid, {how}", dollars, 1.0)


def _seeded(seeded: Seeded) -> Iterator[Target]:
    name = f"slowest of {len(seeded.talks)} seeded talks against its own sequential flow"
    yield Target(name, seeded.slowest.ratio, 0.25)


def _bounded(tight: Tight) -> Iterator[Target]:
    lost = 0.0 if tight.complete and not tight.steps_down else 1.0
    yield Target("30 minutes under a tight budget: runs that lack something", lost, 0, "")
    yield Target("the same: calls the server refused", tight.refused, 0, "")


def _worked(own: OwnWork) -> Iterator[Target]:
    for peak in own.memory:
        for part, megabytes, limit in (("job", peak.job, 150), ("decoder", peak.decoder, 250)):
            if megabytes is not None:
                name = f"memory of the {part}, {peak.minutes:.0f} minutes"
                yield Target(name, megabytes, limit, "MB")
    for effort in own.efforts:
        if effort.what == DRAFT:
            yield Target("rough draft on one core, × realtime", effort.realtime, 4, "", True)
