"""Findings as the report lists them: counted ones by kind, possible and rejected ones apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app.display.moments import exact_clock
from sessions_app.display.names import DECISIONS, KINDS, SOURCES, name_of
from sessions_app.display.text import number, quote
from sessions_app.speech.findings import (
    Finding,
    FindingKind,
    FindingSource,
    FindingStatus,
    Severity,
)

SEVERITIES: Mapping[str, Promise] = {
    Severity.INFO: gettext_lazy("Worth knowing"),
    Severity.MINOR: gettext_lazy("Minor"),
    Severity.MAJOR: gettext_lazy("Major"),
}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """`word` is the first one it is about, on the page `#w` and its number; `ms` is `None` where
    no time is known.

    `origin` says who found it and how sure that is; `reason` is what the AI reader gave for its
    decision. `words` are those it is about, as a correction of a filler names them, and `place`
    is where the page has it; both are empty for what is no filler. `correction` is the number of
    the speaker's correction that made it so.
    """

    word: int
    kind: str
    kind_name: str
    quote: str
    ms: int | None
    clock: str
    why: str
    advice: str
    severity: str
    severity_name: str
    status: FindingStatus
    origin: str
    reason: str
    words: str
    place: str
    correction: int | None


@dataclass(frozen=True, slots=True)
class KindCount:
    kind: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class FindingList:
    """`rows` are the counted findings of the selected kind, of all kinds when it is empty, each
    reason and advice told with the first that has it. Among them, at their places, are those their
    speaker does not count. `rejected` are those the AI reader did not.
    """

    selected: str
    kinds: tuple[KindCount, ...]
    total: int
    rows: tuple[FindingRow, ...]
    possible: tuple[FindingRow, ...]
    rejected: tuple[FindingRow, ...]


def finding_list(findings: tuple[Finding, ...], kind: str = "") -> FindingList:
    """An unknown `kind` selects all."""
    counts = Counter(str(f.kind) for f in findings if f.status is FindingStatus.COUNTED)
    listed = list(_listed(findings))
    kinds = {str(finding.kind) for finding in listed}
    selected = kind if kind in kinds else ""
    return FindingList(
        selected=selected,
        kinds=tuple(KindCount(k, name_of(KINDS, k), counts[k]) for k in KINDS if k in kinds),
        total=counts.total(),
        rows=tuple(_told_once(finding_row(f) for f in listed if selected in ("", f.kind))),
        possible=tuple(finding_row(f) for f in _open(findings, FindingStatus.POSSIBLE)),
        rejected=tuple(finding_row(f) for f in _open(findings, FindingStatus.REJECTED)),
    )


def _told_once(rows: Iterable[FindingRow]) -> Iterator[FindingRow]:
    """Ten times the same advice is not read once."""
    told = {("", "")}
    for row in rows:
        says = (row.why, row.advice)
        yield replace(row, why="", advice="") if says in told else row
        if row.status is FindingStatus.COUNTED:
            told.add(says)


def filler_place(start_word: int, end_word: int, label: str) -> str:
    """The id of a filler on the page, the same whatever is said of it."""
    return f"filler-{start_word}-{end_word}-{'-'.join(label.split())}"


def finding_row(finding: Finding) -> FindingRow:
    about = (finding.start_word, finding.end_word, finding.label)
    filler = finding.kind is FindingKind.FILLER
    return FindingRow(
        word=finding.start_word,
        kind=finding.kind.replace("_", "-"),
        kind_name=name_of(KINDS, finding.kind),
        quote=quote(finding.text),
        ms=finding.start_ms,
        clock="" if finding.start_ms is None else exact_clock(finding.start_ms),
        why=finding.why,
        advice=finding.advice,
        severity=str(finding.severity),
        severity_name=name_of(SEVERITIES, finding.severity),
        status=finding.status,
        origin=_origin(finding),
        reason=finding.review.reason if finding.review else "",
        words=":".join(map(str, about)) if filler else "",
        place=filler_place(*about) if filler else "",
        correction=finding.correction,
    )


def _listed(findings: tuple[Finding, ...]) -> Iterator[Finding]:
    """What counts, and what its speaker said does not; but not what gave way to a filler they
    marked: that is one decision, told once.
    """
    marked = {f.correction for f in findings if f.status is FindingStatus.COUNTED}
    for finding in findings:
        dismissed = _is_yours(finding) and finding.status is FindingStatus.REJECTED
        if finding.status is FindingStatus.COUNTED or (
            dismissed and finding.correction not in marked
        ):
            yield finding


def _open(findings: tuple[Finding, ...], status: FindingStatus) -> Iterator[Finding]:
    """Those of this status that their speaker said nothing about."""
    return (finding for finding in findings if finding.status is status and not _is_yours(finding))


def _is_yours(finding: Finding) -> bool:
    return finding.correction is not None


def _origin(finding: Finding) -> str:
    """Clusters follow from their fillers, and nobody has to be sure of them."""
    if finding.kind is FindingKind.FILLER_CLUSTER:
        return _("from the fillers in it")
    if finding.source is FindingSource.USER:
        return name_of(SOURCES, finding.source)
    if finding.review:
        decision = name_of(DECISIONS, finding.review.decision)
        return f"{decision} · {_percent(finding.review.confidence)}"
    return f"{name_of(SOURCES, finding.source)} · {_percent(finding.confidence)}"


def _percent(share: float) -> str:
    """Some languages put a space before the sign."""
    return _("%(share)s%%") % {"share": number(share * 100)}
