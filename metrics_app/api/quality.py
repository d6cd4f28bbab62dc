"""How good."""

from __future__ import annotations

from metrics_app.api.answers import Correction, Quality
from metrics_app.api.question import Question
from metrics_app.measures.runs import RunsIn
from metrics_app.queries import correction_counts
from metrics_app.windows import Window

CORRECTED = ("", "session")  # the kinds of runs whose reports can be set right


def quality(question: Question) -> Quality:
    window = question.latest()
    ended = RunsIn(window, question.scope)
    found = ended.totals("")[""][""]
    return Quality(
        asked=question.asked(window),
        runs=found.runs,
        checked=found.checked,
        regenerated=found.regenerated,
        regeneration_rate=found.regeneration_rate,
        agreement_difference=ended.difference(),
        asked_model=found.asked_model,
        parallel=found.parallel,
        parallel_rate=found.parallel_rate,
        degraded=found.degraded,
        fallback_rate=found.fallback_rate,
        corrections=_corrections(question, window),
        drill_scores=None,
        first_pass_rate=None,
    )


def _corrections(question: Question, window: Window) -> list[Correction] | None:
    """A correction is of a report, whatever was called for it and wherever it was queued."""
    if question.operation or question.priority:
        return None
    if question.kind not in CORRECTED:
        return []
    counts = correction_counts(window.since, window.until)
    return [Correction.model_validate(count, from_attributes=True) for count in counts]
