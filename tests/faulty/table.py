"""What was found, as Markdown and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import connection

from benchmarks.machine import Machine
from benchmarks.markdown import table
from tests.chaos.check import Check
from tests.chaos.table import HEADS
from tests.faulty.judging import untold
from tests.faulty.plan import Plan
from tests.faulty.trial import Trial

BY_RULES = "by rules"


def as_markdown(plan: Plan, found: Trial | None, checks: Sequence[Check], where: Machine) -> str:
    rows = [(c.name, c.value, c.target, "yes" if c.holds else "**no**") for c in checks]
    talks = "" if found is None else f"{_talks(found)} "
    return f"{talks}{_setting(plan, where)}\n\n{table(HEADS, rows)}"


def as_json(plan: Plan, found: Trial | None, checks: Sequence[Check]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if found is not None:
        told = {
            "talks": len(found.batch.titles),
            "faults": _faults(found),
            "modes": _modes(found),
            "lies": untold(found.batch),
            "seconds": found.batch.seconds,
        }
    checked = [asdict(check) for check in checks]
    return {"plan": asdict(plan), "database": connection.vendor, **told, "checks": checked}


def _talks(found: Trial) -> str:
    batch = found.batch
    faults = ", ".join(f"{number} × {kind}" for kind, number in _faults(found).items())
    modes = ", ".join(f"{number} {mode}" for mode, number in _modes(found).items())
    return (
        f"{len(batch.titles)} talks in {batch.seconds:.0f} s, {len(batch.log)} requests; "
        f"faults: {faults}. Reports: {modes}."
    )


def _faults(found: Trial) -> dict[str, int]:
    return dict(sorted(Counter(a.fault for a in found.batch.log if a.fault is not None).items()))


def _modes(found: Trial) -> dict[str, int]:
    told = found.batch.told.values()
    return dict(Counter(_mode(each.state, each.mode) for each in told).most_common())


def _mode(state: str, mode: str) -> str:
    return state if state != "completed" else mode.replace("rule_based", BY_RULES)


def _setting(plan: Plan, where: Machine) -> str:
    return (
        f"Seed {plan.seed}, {plan.processes} processes, {connection.vendor}; a second of waiting "
        f"takes {plan.scale:g} s; the model server is simulated. {where.day}, {where.cores} cores, "
        f"Python {where.python}, load {where.load_before:.1f} before and {where.load_after:.1f} "
        "after."
    )
