"""What is to be reached, beside what was measured. All limits are upper bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.summary import Row, mixed

SEQUENTIAL = "sequential"
HYBRID_KEPT = "hybrid, kept"
HYBRID_REGENERATED = "hybrid, regenerated"
OURS_KEPT = "ours, kept"
OURS_REGENERATED = "ours, regenerated"
OURS_ALIGNED = "ours, kept, times by alignment"
OURS_LONG = "ours, kept, 30 minutes"

Rows = Mapping[str, Row]


@dataclass(frozen=True, slots=True)
class Target:
    """`unit`: "×" for a ratio, "s", "%" or "" for a plain number."""

    name: str
    value: float
    limit: float
    unit: str = "×"

    @property
    def met(self) -> bool:
        return self.value <= self.limit

    @property
    def missed_by(self) -> float:
        return max(0.0, self.value - self.limit)


def targets(rows: Rows) -> list[Target]:
    """Those for which there are rows."""
    found = [*_complete(rows), *_provisional(rows), *_own(rows)]
    if OURS_LONG in rows:
        ratio = rows[OURS_LONG].wall / rows[OURS_KEPT].wall
        found.append(Target("30 minutes against 5 minutes", ratio, 1.4))
    return [*found, *_spent(rows)]


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
