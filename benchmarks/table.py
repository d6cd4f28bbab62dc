"""What was measured, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from benchmarks import own_work_table, parts_table
from benchmarks.markdown import NOTHING, shown, table
from benchmarks.measured import Measured
from benchmarks.names import OURS_KEPT, SEQUENTIAL
from benchmarks.summary import Row
from benchmarks.targets import Target, mean_walls, targets

HEADS = (
    "flow", "runs", "complete s", "× sequential", "provisional s", "calls", "tokens in",
    "of these cached", "tokens out", "US dollars", "longest transcription s",
    "longest chain s", "own s",
)  # fmt: skip


def as_json(measured: Measured) -> dict[str, Any]:
    rows = measured.rows
    return {
        "quick": measured.quick,
        "time_scale": measured.time_scale,
        "simulated": "the model server",
        "machine": asdict(measured.machine),
        "flows": [_row_json(row, measured) for row in rows.values()],
        "mean_wall_s": mean_walls(rows),
        "targets": [
            {**asdict(each), "met": each.met, "missed_by": each.missed_by}
            for each in targets(measured)
        ],
        "without": parts_table.without_json(measured),
        "tight": parts_table.tight_json(measured.tight),
        "own_work": None if measured.own is None else own_work_table.as_json(measured.own),
        "seeded": parts_table.seeded_json(measured.seeded),
    }


def as_markdown(measured: Measured) -> str:
    return "\n\n".join(_sections(measured))


def _sections(measured: Measured) -> Iterator[str]:
    rows = measured.rows
    yield _title(measured)
    yield table(HEADS, (_cells(row, measured) for row in rows.values()))
    yield parts_table.seeded_markdown(measured.seeded) if measured.seeded else _means(measured)
    yield _targets(measured)
    if measured.without:
        yield parts_table.without_markdown(measured)
    if measured.tight is not None:
        yield parts_table.tight_markdown(measured.tight)
    if measured.own is not None:
        yield own_work_table.as_markdown(measured.own, rows[OURS_KEPT].wall)
    yield "\n".join(_parts(row) for row in rows.values() if row.provisional is not None)


def _title(measured: Measured) -> str:
    machine = measured.machine
    kind = (
        f"Quick run, waiting times × {measured.time_scale:g}: too rough for the targets."
        if measured.quick
        else "Medians; the model server is simulated, everything else is measured."
    )
    return (
        f"{kind} {machine.day}, {machine.cores} cores, Python {machine.python}, load "
        f"{machine.load_before:.1f} before and {machine.load_after:.1f} after."
    )


def _sequential(row: Row, measured: Measured) -> float:
    """Seconds of the sequential flow for a talk of the same length."""
    _, _, length = row.name.rpartition(", ")
    return measured.rows.get(f"{SEQUENTIAL}, {length}", measured.rows[SEQUENTIAL]).wall


def _cells(row: Row, measured: Measured) -> Sequence[str]:
    return (
        row.name,
        str(row.runs),
        shown(row.wall),
        shown(row.wall / _sequential(row, measured), 3),
        shown(row.provisional),
        str(row.calls),
        f"{row.tokens_in:,}",
        f"{row.tokens_cached:,}",
        f"{row.tokens_out:,}",
        NOTHING if row.usd is None else f"{row.usd:.4f}",
        shown(row.transcription),
        shown(row.chain),
        shown(row.own),
    )


def _row_json(row: Row, measured: Measured) -> dict[str, Any]:
    facts = asdict(row)
    facts["usd"] = None if row.usd is None else float(row.usd)
    facts["of_sequential"] = row.wall / _sequential(row, measured)
    return facts


def _means(measured: Measured) -> str:
    means = mean_walls(measured.rows)
    told = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in means.items())
    return f"With one talk in five regenerated, computed from the medians: {told}."


def _targets(measured: Measured) -> str:
    due = targets(measured)
    if not due:
        return "No targets: they hold for waiting times that are not shortened."
    return table(
        ("target", "measured", "wanted", "result"),
        ((each.name, _shown(each.value, each), _wanted(each), _result(each)) for each in due),
    )


def _wanted(target: Target) -> str:
    return f"{'≥' if target.at_least else '≤'} {_shown(target.limit, target)}"


def _result(target: Target) -> str:
    return "reached" if target.met else f"not reached, by {_shown(target.missed_by, target)}"


def _shown(value: float, target: Target) -> str:
    places = 3 if target.unit in {"×", "s"} else 1
    return f"{value:.{places}f} {target.unit}".rstrip()


def _parts(row: Row) -> str:
    parts = row.without_calls.items()
    told = ", ".join(f"{name} {1000 * seconds:.0f}" for name, seconds in parts)
    return f"- “{row.name}”, milliseconds without any call under way: {told}."
