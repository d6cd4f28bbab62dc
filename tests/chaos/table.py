"""What was found, as Markdown and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import connection

from benchmarks.machine import Machine
from benchmarks.markdown import table
from tests.acceptance.system import LEASE_SECONDS
from tests.chaos.check import Check
from tests.chaos.evidence import Evidence
from tests.chaos.judging import lost
from tests.chaos.plan import Plan

HEADS = ("what", "found", "target", "holds")


def as_markdown(plan: Plan, found: Evidence, checks: Sequence[Check], where: Machine) -> str:
    rows = [(c.name, c.value, c.target, "yes" if c.holds else "**no**") for c in checks]
    return f"{_setting(plan, found, where)}\n\n{table(HEADS, rows)}"


def _setting(plan: Plan, found: Evidence, where: Machine) -> str:
    kills = Counter(str(kill.kind) for kill in found.kills)
    shown = ", ".join(f"{number} × {kind}" for kind, number in sorted(kills.items()))
    lease = f"leases of {LEASE_SECONDS} s" if plan.hurried else "leases as installed"
    return (
        f"{len(found.acknowledged)} talks in {found.seconds:.0f} s; killed: "
        f"{shown or 'nobody'}; {len(found.deaths)} runs hit, {found.unanswered} uploads "
        f"cut off or refused and tried again. Seed {plan.seed}, {connection.vendor}, {lease}; "
        f"the model server is simulated. {where.day}, {where.cores} cores, Python {where.python}, "
        f"load {where.load_before:.1f} before and {where.load_after:.1f} after."
    )


def as_json(plan: Plan, found: Evidence, checks: Sequence[Check]) -> dict[str, Any]:
    kills = Counter(str(kill.kind) for kill in found.kills)
    return {
        "plan": asdict(plan),
        "database": connection.vendor,
        "talks": len(found.acknowledged),
        "lost": lost(found),
        "kills": dict(kills),
        "seconds_to_restart": [death.seconds for death in found.deaths],
        "seconds": found.seconds,
        "checks": [asdict(check) for check in checks],
    }
