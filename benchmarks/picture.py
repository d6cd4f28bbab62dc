"""The timeline of one talk in each flow, as an SVG for light and dark pages.

A row of bars is what went on at the same time as the rows around it; the same second stands at
the same place in all flows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from benchmarks.flow import Flow
from benchmarks.names import (
    HYBRID_KEPT,
    HYBRID_REGENERATED,
    OURS_KEPT,
    OURS_REGENERATED,
    SEQUENTIAL,
)

SHOWN = (SEQUENTIAL, HYBRID_KEPT, HYBRID_REGENERATED, OURS_KEPT, OURS_REGENERATED)
WIDTH, MARGIN = 960, 16
BAR, GAP, HEAD, BETWEEN = 9, 2, 22, 14  # heights
TICK = 10  # seconds
OWN, HEARING, READING, COACHING, PASSAGES = "own", "hearing", "reading", "coaching", "passages"
KINDS = {
    OWN: "work that is no model's",
    HEARING: "transcription",
    READING: "reading the words and the content",
    COACHING: "coaching",
    PASSAGES: "embeddings",
}
PURPOSES = {
    "transcription": HEARING,
    "analysis": READING,
    "verdicts": READING,
    "review": READING,
    "coaching": COACHING,
    "coaching_again": COACHING,
    "embeddings": PASSAGES,
}
WAITING = frozenset({"transcription", "refinement"})  # stages that wait for the model
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.small { font-size: 11px; fill: #59636e }
.tick { stroke: #d1d9e0 } .moment { stroke: #1f2328; stroke-dasharray: 2 2 }
.own { fill: #8b949e } .hearing { fill: #0969da } .reading { fill: #bc4c00 }
.coaching { fill: #1a7f37 } .passages { fill: #8250df }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .small { fill: #9198a1 }
  .tick { stroke: #3d444d } .moment { stroke: #e6edf3 }
  .own { fill: #6e7681 } .hearing { fill: #4493f8 } .reading { fill: #f0883e }
  .coaching { fill: #3fb950 } .passages { fill: #ab7df8 }
}
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """Seconds from the beginning of the flow."""

    kind: str
    start: float
    end: float


def svg(flows: Mapping[str, Flow]) -> str:
    """Of those flows of five minutes that there are, at least one."""
    shown = [flows[name] for name in SHOWN if name in flows]
    scale = (WIDTH - 2 * MARGIN) / max(flow.wall for flow in shown)
    root = Element("svg", xmlns="http://www.w3.org/2000/svg", role="img")
    SubElement(root, "title").text = "One talk of five minutes in each flow"
    SubElement(root, "desc").text = described(shown)
    SubElement(root, "style").text = STYLE
    bottom = _legend(root)
    for flow in shown:
        bottom = _flow(root, flow, scale, bottom + BETWEEN)
    _ticks(root, scale, bottom)
    height = bottom + HEAD
    root.set("viewBox", f"0 0 {WIDTH} {height}")
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def described(flows: Iterable[Flow]) -> str:
    """The picture in words."""
    return " ".join(f"{_sentence(flow)}." for flow in flows)


def bars(flow: Flow) -> list[Bar]:
    """What goes on until the report is complete, in order of the beginnings."""
    own = [Bar(OWN, span.start, span.end) for span in flow.spans if span.name not in WAITING]
    calls = [Bar(PURPOSES[call.purpose], call.start, call.end) for call in flow.awaited]
    return sorted(
        (
            Bar(bar.kind, bar.start - flow.began, min(bar.end - flow.began, flow.wall))
            for bar in (*own, *calls)
        ),
        key=lambda bar: bar.start,
    )


def lanes(found: Iterable[Bar]) -> list[list[Bar]]:
    """As few rows as possible in which no two bars overlap."""
    rows: list[list[Bar]] = []
    for bar in found:
        free = next((row for row in rows if row[-1].end <= bar.start), None)
        if free is None:
            rows.append([bar])
        else:
            free.append(bar)
    return rows


def _sentence(flow: Flow) -> str:
    first = "" if flow.provisional is None else f" provisional after {flow.provisional:.1f} s,"
    return f"{flow.name}:{first} complete after {flow.wall:.1f} s, {len(flow.awaited)} calls"


def _legend(root: Element) -> int:
    at = MARGIN
    for kind, name in KINDS.items():
        _rect(root, kind, at, MARGIN, BAR + GAP)
        _text(root, name, at + BAR + 6, MARGIN + BAR, "small")
        at += BAR + 22 + 6 * len(name)
    return MARGIN + BAR + GAP


def _flow(root: Element, flow: Flow, scale: float, top: int) -> int:
    """Its lower edge."""
    _text(root, _sentence(flow), MARGIN, top + HEAD - 8)
    rows = lanes(bars(flow))
    first = top + HEAD
    for number, row in enumerate(rows):
        for bar in row:
            width = max(1.0, (bar.end - bar.start) * scale)
            left = MARGIN + bar.start * scale
            _rect(root, bar.kind, left, first + number * (BAR + GAP), width)
    bottom = first + len(rows) * (BAR + GAP)
    for moment in (flow.provisional, flow.wall):
        if moment is not None:
            _line(root, "moment", MARGIN + moment * scale, first - 2, bottom)
    return bottom


def _ticks(root: Element, scale: float, bottom: int) -> None:
    """Behind everything else."""
    behind = Element("g")
    for second in range(0, int((WIDTH - 2 * MARGIN) / scale) + 1, TICK):
        at = MARGIN + second * scale
        _line(behind, "tick", at, 2 * MARGIN + BAR, bottom + 4)
        _text(behind, f"{second} s", at + 2, bottom + 16, "small")
    root.insert(3, behind)


def _rect(root: Element, kind: str, left: float, top: float, width: float) -> None:
    place = {"x": f"{left:.1f}", "y": f"{top}", "width": f"{width:.1f}", "height": f"{BAR}"}
    SubElement(root, "rect", {"class": kind, **place})


def _text(root: Element, text: str, left: float, top: float, kind: str = "") -> None:
    place = {"x": f"{left:.1f}", "y": f"{top}"}
    SubElement(root, "text", {**({"class": kind} if kind else {}), **place}).text = text


def _line(root: Element, kind: str, left: float, top: float, bottom: float) -> None:
    place = {"x1": f"{left:.1f}", "x2": f"{left:.1f}", "y1": f"{top}", "y2": f"{bottom}"}
    SubElement(root, "line", {"class": kind, **place})
