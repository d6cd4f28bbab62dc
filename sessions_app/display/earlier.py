"""The owner's earlier talks as far as this one can be held against them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from sessions_app import codec, queries
from sessions_app.coaching.beside import beside_earlier
from sessions_app.coaching.progress import comparisons
from sessions_app.coaching.situation import Situation
from sessions_app.models import PracticeSession, RunMetrics, SessionRun
from sessions_app.report import Report
from sessions_app.speech.baseline import TALKS
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.norms import pace_norm
from sessions_app.speech.scores import Scores
from sessions_app.stages.outputs import Mode, TextSource


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


def told_beside(
    earlier: Sequence[Earlier], session: PracticeSession, run: SessionRun, report: Report
) -> Report:
    """`report` with coaching that tells of the earlier talks as they are by now, as its other
    cards do: they may have been corrected or deleted since it was written.
    """
    metrics, scores, coaching = report.metrics, report.scores, report.coaching
    if metrics is None or scores is None or coaching is None or run.transcript is None:
        return report
    if report.source == TextSource.DRAFT:
        return report
    situation = Situation(
        language=session.language,
        words=report.words,
        findings=report.findings,
        sentences=report.sentences,
        metrics=metrics,
        scores=scores,
        history=tuple(each.metrics for each in reversed(earlier)),
        norm=pace_norm(session.target_wpm),
    )
    if comparisons(situation) == coaching.comparisons:
        return report
    situation = replace(situation, heard=codec.load_words(run.transcript.words))
    by_rules = report.mode == Mode.RULE_BASED
    return replace(report, coaching=beside_earlier(coaching, situation, by_rules=by_rules))


def scores_before(earlier: Sequence[Earlier], name: str, now: Scores) -> list[tuple[Earlier, int]]:
    """Those of the talks that have the score, newest first; of overall scores those that are the
    mean of the same ones as `now`, so that a recording is not held against a bare text."""
    like = [each for each in earlier if name != "overall" or each.scores.parts == now.parts]
    scored = ((each, getattr(each.scores, name)) for each in like)
    return [(each, score.value) for each, score in scored if score is not None]


def usual_score(earlier: Sequence[Earlier], name: str, now: Scores) -> Usual | None:
    """`None` where no earlier talk has the score."""
    values = [value for _, value in scores_before(earlier, name, now)]
    return Usual(int(fmean(values) + 0.5), len(values)) if values else None
