"""The smaller tables: seeded talks, techniques switched off, and the tight budget."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from benchmarks.markdown import NOTHING, shown, table
from benchmarks.measured import Measured
from benchmarks.seeded import Seeded
from benchmarks.summary import Row
from benchmarks.tight import Tight
from benchmarks.without import Without


def seeded_markdown(seeded: Seeded) -> str:
    means, slowest = seeded.means, seeded.slowest
    base = means["sequential"]
    rows = table(
        (f"mean of {len(seeded.talks)} seeded talks", "complete s", "× sequential"),
        ((name, shown(mean), shown(mean / base, 3)) for name, mean in means.items()),
    )
    return (
        f"{rows}\n\n{seeded.regenerated:.0%} of them regenerated. The slowest of ours against its "
        f"own sequential flow: {slowest.ratio:.3f} × ({slowest.name}, {slowest.ours:.2f} s)."
    )


def seeded_json(seeded: Seeded | None) -> dict[str, Any] | None:
    if seeded is None:
        return None
    return {
        "mean_wall_s": seeded.means,
        "regenerated": seeded.regenerated,
        "slowest_ratio": seeded.slowest.ratio,
        "talks": [{**asdict(talk), "ratio": talk.ratio} for talk in seeded.talks],
    }


def without_markdown(measured: Measured) -> str:
    return table(
        (
            "without", "instead", "complete s", "more by s", "provisional s", "more by s",
            "US dollars",
        ),
        (
            (
                each.technique,
                each.instead,
                shown(each.row.wall),
                _more(each.row.wall, usual.wall),
                shown(each.row.provisional),
                _more(each.row.provisional, usual.provisional),
                NOTHING if each.row.usd is None else f"{each.row.usd:.4f}",
            )
            for each, usual in _pairs(measured)
        ),
    )  # fmt: skip


def without_json(measured: Measured) -> list[dict[str, Any]]:
    return [
        {
            "technique": each.technique,
            "instead": each.instead,
            "usual": each.usual,
            "runs": each.row.runs,
            "wall": each.row.wall,
            "more": each.row.wall - usual.wall,
            "provisional": each.row.provisional,
            "usd": None if each.row.usd is None else float(each.row.usd),
        }
        for each, usual in _pairs(measured)
    ]


def tight_markdown(tight: Tight) -> str:
    return table(
        (
            "30 minutes, allowed in a minute", "mode", "complete s", "provisional s", "calls",
            "refused (429)", "all words in order", "steps down",
        ),
        [
            (
                f"{tight.requests} requests, {tight.tokens:,} tokens",
                tight.mode,
                shown(tight.row.wall, 1),
                shown(tight.row.provisional, 1),
                str(tight.row.calls),
                str(tight.refused),
                "yes" if tight.complete else "no",
                str(tight.steps_down),
            )
        ],
    )  # fmt: skip


def tight_json(tight: Tight | None) -> dict[str, Any] | None:
    if tight is None:
        return None
    row = tight.row
    return {
        **{name: value for name, value in asdict(tight).items() if name != "row"},
        "wall": row.wall,
        "provisional": row.provisional,
        "calls": row.calls,
    }


def _pairs(measured: Measured) -> list[tuple[Without, Row]]:
    return [(each, measured.rows[each.usual]) for each in measured.without]


def _more(value: float | None, usual: float | None) -> str:
    return NOTHING if value is None or usual is None else f"{value - usual:+.2f}"
