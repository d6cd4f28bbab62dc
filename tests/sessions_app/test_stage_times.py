from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from sessions_app import codec
from sessions_app.models import (
    RunMetrics,
    RunStage,
    RunState,
    SessionRun,
    StageState,
)
from sessions_app.stage_times import FEWEST, RECENT, usual_ms
from tests.factories import RunFactory
from tests.sessions_app.samples import METRICS, SCORING

pytestmark = pytest.mark.django_db

LENGTH_MS = 300_000


def past(
    transcription_ms: int, *, length_ms: int = LENGTH_MS, mode: str = "rule_based", text: str = ""
) -> SessionRun:
    """A finished run whose transcription took so long."""
    run: SessionRun = RunFactory.create(
        state=RunState.COMPLETED, mode=mode, session__transcript_text=text
    )
    RunMetrics.objects.create(
        run=run,
        formula_version=METRICS.formula_version,
        duration_ms=length_ms,
        word_count=3,
        metrics=codec.dump(METRICS),
        scores=codec.dump(SCORING.scores),
    )
    stage(run, "transcription", transcription_ms)
    return run


def stage(run: SessionRun, name: str, duration_ms: int | None, **fields: object) -> RunStage:
    return RunStage.objects.create(
        run=run,
        stage=name,
        state=StageState.DONE,
        started_at=timezone.now(),
        duration_ms=duration_ms,
        **fields,
    )


def under_way() -> SessionRun:
    """A run that has read its recording."""
    run: SessionRun = RunFactory.create(state=RunState.PROCESSING)
    stage(run, "media", 900, output={"duration_ms": LENGTH_MS})
    return run


def test_a_stage_usually_takes_the_median_of_talks_as_long() -> None:
    for took in (1_000, 2_000, 3_000, 4_000, 90_000):
        past(took)
    assert usual_ms(under_way()) == {"transcription": 3_000}


def test_a_few_talks_promise_nothing() -> None:
    for _ in range(FEWEST - 1):
        past(1_000)
    assert usual_ms(under_way()) == {}


@pytest.mark.parametrize(
    "other",
    [
        {"length_ms": LENGTH_MS * 2 + 1},
        {"length_ms": LENGTH_MS // 2 - 1},
        {"mode": "parallel"},
        {"text": "My own words."},
    ],
    ids=str,
)
def test_other_kinds_of_talks_say_nothing_of_this_one(other: dict[str, object]) -> None:
    for _ in range(FEWEST):
        past(1_000)
        past(9_000, **other)  # type: ignore[arg-type]
    assert usual_ms(under_way()) == {"transcription": 1_000}


def test_last_year_is_long_ago() -> None:
    for _ in range(FEWEST):
        past(1_000)
    SessionRun.objects.update(queued_at=timezone.now() - RECENT - timedelta(days=1))
    assert usual_ms(under_way()) == {}


def test_a_second_attempt_at_a_stage_is_not_usual() -> None:
    for _ in range(FEWEST):
        past(1_000)
    RunStage.objects.update(attempt=2)
    assert usual_ms(under_way()) == {}


def test_nothing_is_known_before_the_recording_is_read() -> None:
    for _ in range(FEWEST):
        past(1_000)
    assert usual_ms(RunFactory.create()) == {}


def test_whoever_knows_the_length_need_not_wait_for_it(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(FEWEST):
        past(1_000)
    run = RunFactory.create()
    with django_assert_num_queries(1):
        assert usual_ms(run, LENGTH_MS) == {"transcription": 1_000}


def test_it_takes_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    run = under_way()
    with django_assert_num_queries(2):
        usual_ms(run)
