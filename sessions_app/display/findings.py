"""Findings as the report lists them: counted ones by kind, possible and rejected ones apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sessions_app.display.names import DECISIONS, KINDS, SOURCES, name_of
from sessions_app.display.text import clock, quote
from sessions_app.speech.findings import Finding, FindingKind, FindingSource, FindingStatus

SURE = 0.95


@dataclass(frozen=True, slots=True)
class FindingRow:
    """`number` is the finding's place in the report; `ms` is `None` where no time is known.

    `origin` says who found it and how sure that is, and is empty where that needs no saying;
    `reason` is what the AI reader gave for its decision.
    """

    number: int
    kind: str
    kind_name: str
    quote: str
    ms: int | None
    clock: str
    why: str
    advice: str
    severity: str
    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class KindCount:
    kind: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class FindingList:
    """`rows` are the counted findings of the selected kind, of all kinds when it is empty."""

    selected: str
    kinds: tuple[KindCount, ...]
    total: int
    rows: tuple[FindingRow, ...]
    possible: tuple[FindingRow, ...]
    rejected: tuple[FindingRow, ...]


def finding_list(findings: tuple[Finding, ...], kind: str = "") -> FindingList:
    """An unknown `kind` selects all."""
    counted = list(_with_status(findings, FindingStatus.COUNTED))
    counts = Counter(str(finding.kind) for _, finding in counted)
    selected = kind if kind in counts else ""
    return FindingList(
        selected=selected,
        kinds=tuple(KindCount(k, name_of(KINDS, k), counts[k]) for k in KINDS if k in counts),
        total=len(counted),
        rows=tuple(_row(n, f) for n, f in counted if selected in ("", f.kind)),
        possible=tuple(_row(n, f) for n, f in _with_status(findings, FindingStatus.POSSIBLE)),
        rejected=tuple(_row(n, f) for n, f in _with_status(findings, FindingStatus.REJECTED)),
    )


def _with_status(
    findings: tuple[Finding, ...], status: FindingStatus
) -> Iterator[tuple[int, Finding]]:
    return ((n, finding) for n, finding in enumerate(findings) if finding.status == status)


def _row(number: int, finding: Finding) -> FindingRow:
    return FindingRow(
        number=number,
        kind=finding.kind.replace("_", "-"),
        kind_name=name_of(KINDS, finding.kind),
        quote=quote(finding.text),
        ms=finding.start_ms,
        clock="" if finding.start_ms is None else clock(finding.start_ms),
        why=finding.why,
        advice=finding.advice,
        severity=str(finding.severity),
        origin=_origin(finding),
        reason=finding.review.reason if finding.review else "",
    )


def _origin(finding: Finding) -> str:
    """Nothing for a rule that is sure and that nobody looked at again, as most are; nor for a
    cluster, which follows from its fillers.
    """
    if finding.kind == FindingKind.FILLER_CLUSTER:
        return ""
    if finding.review:
        decision = name_of(DECISIONS, finding.review.decision)
        return f"{decision} · {finding.review.confidence:.0%}"
    if finding.source == FindingSource.RULE and finding.confidence >= SURE:
        return ""
    return f"{name_of(SOURCES, finding.source)} · {finding.confidence:.0%}"
