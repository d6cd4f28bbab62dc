"""Where things stand on a drawing of a talk.

Places along the talk are percentages ("12.50%"), so that labels keep their shape at any width.
Curves are paths in a box of `BOX_WIDTH` × `BOX_HEIGHT` that is stretched to its lane.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sessions_app.display.names import KINDS, name_of
from sessions_app.display.text import clock, seconds
from sessions_app.speech.findings import Finding

BOX_WIDTH = 1000
BOX_HEIGHT = 100


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    ms: int
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    x: str
    width: str
    ms: int
    label: str


def percent(ms: int, duration_ms: int) -> str:
    return f"{min(max(ms, 0), duration_ms) / duration_ms * 100:.2f}%"


def box_x(ms: float, duration_ms: int) -> float:
    return min(ms, duration_ms) / duration_ms * BOX_WIDTH


def ticks(findings: Iterable[Finding], duration_ms: int) -> tuple[Tick, ...]:
    """Of those with a time."""
    return tuple(
        Tick(percent(each.start_ms, duration_ms), each.start_ms, _said_at(each.label, each))
        for each in findings
        if each.start_ms is not None
    )


def bars(findings: Iterable[Finding], duration_ms: int) -> tuple[Bar, ...]:
    """Of those with a beginning and an end."""
    return tuple(bar for each in findings if (bar := _bar(each, duration_ms)))


def _bar(finding: Finding, duration_ms: int) -> Bar | None:
    start, end = finding.start_ms, finding.end_ms
    if start is None or end is None:
        return None
    label = _said_at(f"{name_of(KINDS, finding.kind)}, {seconds(end - start)}", finding)
    width = percent(min(end, duration_ms) - start, duration_ms)
    return Bar(percent(start, duration_ms), width, start, label)


def _said_at(label: str, finding: Finding) -> str:
    return f"{label}, {clock(finding.start_ms)}"
