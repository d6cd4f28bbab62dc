"""Four weeks of runs and calls, with a day that stands out, for pages that show what was measured.

The same every time, but for the ids.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from metrics_app.models import Alert, Call, Run, Severity, StageTiming
from tests.metrics_app.measured import a_call, a_run
from tests.metrics_app.records import a_correction

DAYS = 28
RUNS_A_DAY = 24
RUNS_LATELY = 60
SLOW_DAY = 9
STAGES = {"media": 900, "transcription": 5_200, "rules": 300, "refinement": 9_500, "scoring": 250}
CALLS = (
    ("transcription", "gpt-transcribe", 4_800, "0.0300"),
    ("verdicts", "gpt-5.4", 6_100, "0.0042"),
    ("review", "gpt-5.4", 8_900, "0.0061"),
    ("coaching", "gpt-5.4-mini", 3_400, "0.0011"),
)


def weeks() -> None:
    """Most of it long ago, some of it within the last hour."""
    choices, now = Random(5), timezone.now()
    ended = [_run(choices, at, slow) for at, slow in _moments(now)]
    runs = Run.objects.bulk_create(ended)
    StageTiming.objects.bulk_create(stage for run in runs for stage in _stages(choices, run))
    Call.objects.bulk_create(call for run in runs for call in _calls(choices, run))
    _alerts(now)
    for time in range(12):
        a_correction(label="so", language="pt", owner_id=1 + time % 4)


def _moments(now: datetime) -> Iterator[tuple[datetime, bool]]:
    for ago in range(1, DAYS + 1):
        for number in range(RUNS_A_DAY):
            yield now - timedelta(days=ago, minutes=7 * number), ago == SLOW_DAY
    for number in range(RUNS_LATELY):
        yield now - timedelta(minutes=0.5 + 0.9 * number), False


def _run(choices: Random, at: datetime, slow: bool) -> Run:
    failed, cut_short = choices.random() < 0.04, choices.random() < 0.04
    return a_run(
        at,
        outcome="failed" if failed else "completed",
        problem="no_speech" if failed else "",
        mode="sequential" if cut_short else "parallel",
        degraded=cut_short,
        regenerated=choices.random() < 0.33,
        agreement_difference=choices.uniform(0, 0.3),
        total_ms=round(choices.lognormvariate(9.7, 0.35) * (3 if slow else 1)),
        variants={"parallel_ai_processing": True, "answer_cache": choices.random() < 0.5},
        owner_id=choices.randrange(1, 200),
    )


def _stages(choices: Random, run: Run) -> Iterator[StageTiming]:
    for stage, usual_ms in STAGES.items():
        took = round(usual_ms * choices.lognormvariate(0, 0.4))
        yield StageTiming(run=run, stage=stage, state="completed", duration_ms=took)


def _calls(choices: Random, run: Run) -> Iterator[Call]:
    for purpose, model, usual_ms, usd in CALLS:
        yield a_call(
            run.finished_at - timedelta(seconds=20),
            record_id=uuid.uuid4(),
            run_id=run.run_id,
            purpose=purpose,
            model=model,
            outcome="timeout" if choices.random() < 0.02 else "ok",
            latency_ms=round(usual_ms * choices.lognormvariate(0, 0.4)),
            cost_usd=Decimal(usd),
            could_hit=choices.random() < 0.2,
        )


def _alerts(now: datetime) -> None:
    for rule, severity, minutes, over, figures in (
        ("hourly_cost", Severity.CRITICAL, 25, False, "$2.49 (should be at most $1.00)."),
        ("parallel", Severity.WARNING, 90, False, "96.1 % (should be at least 99.0 %), 510 cases."),
        ("run_time_session", Severity.WARNING, 13_000, True, "49.2 s (should be at most 45.0 s)."),
    ):
        opened = now - timedelta(minutes=minutes)
        Alert.objects.create(
            rule=rule,
            severity=severity,
            opened_at=opened,
            closed_at=opened + timedelta(minutes=40) if over else None,
            figures=figures,
        )
