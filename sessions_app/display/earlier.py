"""The owner's earlier talks as far as this one can be held against them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from sessions_app import codec, queries
from sessions_app.models import PracticeSession, RunMetrics
from sessions_app.report import Report
from sessions_app.speech.baseline import TALKS
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.scores import Scores
from sessions_app.stages.outputs import TextSource


@dataclass(frozen=True, slots=True)
class Earlier:
    """One finished talk before this one, in its language and by the same formulas."""

    session: PracticeSession
    row: RunMetrics
    metrics: Metrics
    scores: Scores


@dataclass(frozen=True, slots=True)
class Usual:
    """The mean of a score over `talks` earlier talks."""

    value: int
    talks: int


def earlier_of(session: PracticeSession, report: Report) -> tuple[Earlier, ...]:
    """The last of them, newest first; none for a draft, whose words are not exact enough."""
    if report.metrics is None or report.source == TextSource.DRAFT:
        return ()
    found = queries.earlier_talks(session).filter(
        current_run__metrics__formula_version=report.metrics.formula_version
    )
    return tuple(
        Earlier(
            each,
            each.current_run.metrics,
            codec.load(Metrics, each.current_run.metrics.metrics),
            codec.load(Scores, each.current_run.metrics.scores),
        )
        for each in found.defer("transcript_text")[:TALKS]
        if each.current_run is not None
    )


def scores_before(earlier: Sequence[Earlier], name: str) -> list[tuple[Earlier, int]]:
    """Those of the talks that have the score, newest first."""
    scored = ((each, getattr(each.scores, name)) for each in earlier)
    return [(each, score.value) for each, score in scored if score is not None]


def usual_score(earlier: Sequence[Earlier], name: str) -> Usual | None:
    """`None` where no earlier talk has the score."""
    values = [value for _, value in scores_before(earlier, name)]
    return Usual(int(fmean(values) + 0.5), len(values)) if values else None
