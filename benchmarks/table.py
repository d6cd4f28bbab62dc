"""What was measured, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.machine import Machine
from benchmarks.summary import Row, own_parts
from benchmarks.targets import SEQUENTIAL, Rows, Target, mean_walls, targets

NOTHING = "–"
HEADS = (
    "flow", "runs", "complete s", "× sequential", "provisional s", "calls", "tokens in",
    "of these cached", "tokens out", "US dollars", "longest transcription s",
    "longest chain s", "own s",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of the benchmark. Ratios of a quick one say nothing about the targets."""

    rows: Rows
    quick: bool
    time_scale: float
    machine: Machine


def as_json(measured: Measured) -> dict[str, Any]:
    rows, base = measured.rows, measured.rows[SEQUENTIAL].wall
    return {
        "quick": measured.quick,
        "time_scale": measured.time_scale,
        "simulated": "the model server",
        "machine": asdict(measured.machine),
        "flows": [_row_json(row, base) for row in rows.values()],
        "mean_wall_s": mean_walls(rows),
        "targets": [
            {**asdict(each), "met": each.met, "missed_by": each.missed_by}
            for each in _due(measured)
        ],
    }


def as_markdown(measured: Measured) -> str:
    rows = measured.rows
    base = rows[SEQUENTIAL].wall
    return "\n\n".join(
        [
            _title(measured),
            _table(HEADS, (_cells(row, base) for row in rows.values())),
            _means(rows),
            _targets(measured),
            *(_parts(row) for row in rows.values() if row.stages),
        ]
    )


def _title(measured: Measured) -> str:
    machine = measured.machine
    kind = (
        f"Quick run, waiting times × {measured.time_scale:g}: too rough for the targets."
        if measured.quick
        else "Medians; the model server is simulated, everything else is measured."
    )
    return (
        f"{kind} {machine.cores} cores, Python {machine.python}, load "
        f"{machine.load_before:.1f} before and {machine.load_after:.1f} after."
    )


def _cells(row: Row, base: float) -> Sequence[str]:
    return (
        row.name,
        str(row.runs),
        f"{row.wall:.2f}",
        f"{row.wall / base:.3f}",
        NOTHING if row.provisional is None else f"{row.provisional:.2f}",
        str(row.calls),
        f"{row.tokens_in:,}",
        f"{row.tokens_cached:,}",
        f"{row.tokens_out:,}",
        NOTHING if row.usd is None else f"{row.usd:.4f}",
        f"{row.transcription:.2f}",
        f"{row.chain:.2f}",
        f"{row.own:.2f}" if row.stages else NOTHING,
    )


def _row_json(row: Row, base: float) -> dict[str, Any]:
    facts = asdict(row)
    facts["usd"] = None if row.usd is None else float(row.usd)
    facts["of_sequential"] = row.wall / base
    facts["own_parts"] = own_parts(row) if row.stages else None
    return facts


def _means(rows: Rows) -> str:
    means = mean_walls(rows)
    told = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in means.items())
    return f"With one talk in five regenerated, computed from the medians: {told}."


def _due(measured: Measured) -> list[Target]:
    return [] if measured.quick else targets(measured.rows)


def _targets(measured: Measured) -> str:
    due = _due(measured)
    if not due:
        return "No targets: they hold for waiting times that are not shortened."
    return _table(
        ("target", "measured", "at most", "result"),
        (
            (each.name, _shown(each.value, each.unit), _shown(each.limit, each.unit), _result(each))
            for each in due
        ),
    )


def _result(target: Target) -> str:
    return "met" if target.met else f"missed by {_shown(target.missed_by, target.unit)}"


def _shown(value: float, unit: str) -> str:
    return f"{value:.3f} {unit}".rstrip()


def _parts(row: Row) -> str:
    parts = ", ".join(f"{name} {1000 * seconds:.0f}" for name, seconds in own_parts(row).items())
    return f"Own milliseconds of “{row.name}”: {parts}."


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
