"""A figure beside its target."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """`name` says what is counted; `value` and `target` are as shown."""

    name: str
    value: str
    target: str
    holds: bool


def at_most(name: str, value: float, most: float, unit: str = "") -> Check:
    """Holds up to `most`. Whole numbers are shown as such, others with one place."""
    return Check(name, _shown(value, unit), f"≤ {most:g}{unit}" if most else "0", value <= most)


def _shown(value: float, unit: str) -> str:
    return f"{value}{unit}" if isinstance(value, int) else f"{value:.1f}{unit}"
