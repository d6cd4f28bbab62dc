"""Measures and scores of a report whose run has not scored it yet."""

from __future__ import annotations

from dataclasses import replace

from sessions_app.coaching.structure import structure_points
from sessions_app.report import Report
from sessions_app.speech.measures import measure
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.norms import pace_norm
from sessions_app.speech.scores import score
from sessions_app.stages.materials import material
from sessions_app.stages.outputs import Caveat, TextSource, Timing, TranscriptionOutput


def with_first_scores(report: Report, target_wpm: int | None) -> Report:
    """As scoring would give them for the findings so far; unchanged where it has been done."""
    if report.metrics is not None:
        return report
    metrics = _measured(report)
    exact = report.source != TextSource.DRAFT
    scores = score(metrics, pace_norm(target_wpm), _structure(report), exact_words=exact)
    return replace(report, metrics=metrics, scores=scores)


def _measured(report: Report) -> Metrics:
    spoken = TranscriptionOutput(
        words=report.words,
        source=TextSource(report.source),
        timing=Timing(report.timing),
        language=report.language,
        engine=report.engine,
    )
    return measure(
        material(
            spoken,
            report.findings,
            report.sentences,
            report.media,
            fillers_judged=_fillers_judged(report),
        )
    )


def _fillers_judged(report: Report) -> bool:
    """By a language pack, or by an AI that read every word."""
    read = report.windows
    return Caveat.NO_PACK not in report.caveats or (read is not None and read.missing == 0)


def _structure(report: Report) -> int | None:
    if report.review is None:
        return None
    return structure_points(report.review, len(report.words), report.kind)
