from __future__ import annotations

import math
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings
from redis import Redis
from rq.queue import Queue

from ai.errors import Outcome
from metrics_app import retention, rollups
from metrics_app.histograms import LATENCY_BOUNDS, TOKEN_BOUNDS
from metrics_app.measures.ever import Counted
from metrics_app.models import Alert, Call, Run
from metrics_app.models import Outcome as RunOutcome
from metrics_app.prometheus import MODES, _histogram
from tests.metrics_app.recent import a_call, a_run
from tests.metrics_app.scraped import OPENMETRICS, scraped, value

pytestmark = pytest.mark.django_db

SECONDS = "gen_ai_client_operation_duration_seconds"
TOKENS = "gen_ai_client_token_usage"
OTEL_SECONDS = (
    0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
)  # fmt: skip
OTEL_TOKENS = (
    1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864,
)  # fmt: skip


def some_of_everything() -> None:
    for purpose in ("verdicts", "transcription", "embeddings"):
        a_call(purpose=purpose)
        a_call(purpose=purpose, cache_hit=True, could_hit=True, latency_ms=None)
    a_call(outcome=Outcome.TIMEOUT, latency_ms=60_000, tokens_out=None, cost_usd=None)
    for outcome in ("completed", "failed", "cancelled", "quarantined"):
        a_run(outcome=outcome)


@pytest.mark.parametrize("accept", ["", OPENMETRICS])
def test_prometheus_can_read_it(accept: str) -> None:
    some_of_everything()
    names = {sample.name for sample in scraped(accept)}
    assert f"{SECONDS}_bucket" in names
    assert "speechcoach_runs_total" in names


def test_no_series_is_there_twice() -> None:
    some_of_everything()
    a_call(run_kind="drill")
    a_run(queue="low")
    series = [(sample.name, *sorted(sample.labels.items())) for sample in scraped()]
    assert len(series) == len(set(series))


def test_calls_are_told_in_opentelemetrys_terms() -> None:
    a_call(latency_ms=700, tokens_in=900, tokens_out=50)
    a_call(latency_ms=1300, tokens_in=100, tokens_out=None)
    labels = {
        "gen_ai_operation_name": "chat", "gen_ai_request_model": "large", "purpose": "verdicts",
    }  # fmt: skip
    assert value(f"{SECONDS}_count", **labels) == 2
    assert value(f"{SECONDS}_sum", **labels) == pytest.approx(2.0)
    assert value(f"{SECONDS}_bucket", **labels, le="0.64") == 0
    assert value(f"{SECONDS}_bucket", **labels, le="1.28") == 1
    assert value(f"{SECONDS}_bucket", **labels, le="2.56") == 2
    assert value(f"{TOKENS}_sum", **labels, gen_ai_token_type="input") == 1000
    assert value(f"{TOKENS}_count", **labels, gen_ai_token_type="output") == 1
    assert value(f"{TOKENS}_bucket", gen_ai_token_type="output", le="16.0") == 0
    assert value(f"{TOKENS}_bucket", gen_ai_token_type="output", le="64.0") == 1
    assert value("speechcoach_tokens_cached_total", **labels) == 200


@pytest.mark.parametrize(
    ("purpose", "operation"),
    [("verdicts", "chat"), ("embeddings", "embeddings"), ("transcription", "transcription")],
)
def test_the_operation_is_named(purpose: str, operation: str) -> None:
    a_call(purpose=purpose)
    assert value(f"{SECONDS}_count", purpose=purpose, gen_ai_operation_name=operation) == 1


def test_a_failure_has_its_kind() -> None:
    a_call()
    a_call(outcome=Outcome.TIMEOUT)
    assert value(f"{SECONDS}_count", error_type="timeout") == 1
    assert value(f"{SECONDS}_count", error_type="") == 1


def test_what_was_found_took_no_call() -> None:
    a_call(could_hit=True)
    a_call(cache_hit=True, could_hit=True, latency_ms=3)
    assert value(f"{SECONDS}_count") == 1
    assert value("speechcoach_cache_hits_total") == 1
    assert value("speechcoach_cache_lookups_total") == 2


def bounds(name: str) -> set[float]:
    return {float(s.labels["le"]) for s in scraped() if s.name == f"{name}_bucket"}


def test_buckets_are_those_opentelemetry_advises_and_two_more() -> None:
    a_call()
    a_run()
    assert bounds(SECONDS) == {*OTEL_SECONDS, 163.84, 327.68, math.inf}
    assert bounds(TOKENS) == {*OTEL_TOKENS, math.inf}
    assert max(bounds("speechcoach_run_duration_seconds") - {math.inf}) > 120


def test_buckets_only_rise_and_end_at_the_count() -> None:
    for latency in (0, 1, 10, 11, 640, 641, 119_999, 400_000):
        a_call(latency_ms=latency)
    buckets = [sample for sample in scraped() if sample.name == f"{SECONDS}_bucket"]
    by_bound = sorted((float(each.labels["le"]), each.value) for each in buckets)
    counts = [count for _, count in by_bound]
    assert counts == sorted(counts)
    assert counts[-1] == value(f"{SECONDS}_count") == 8
    assert dict(by_bound)[0.01] == 3


def test_runs_are_told_with_how_they_ended() -> None:
    a_run(total_ms=12_000)
    a_run(total_ms=14_000)
    a_run(outcome="failed", mode="sequential")
    done = {"kind": "session", "mode": "parallel", "outcome": "completed"}
    assert value("speechcoach_runs_total", **done) == 2
    assert value("speechcoach_run_duration_seconds_sum", **done) == pytest.approx(26)
    assert value("speechcoach_runs_total", mode="sequential", outcome="failed") == 1


def test_before_the_first_run_there_is_none_of_any_outcome() -> None:
    for outcome in RunOutcome.values:
        for mode in MODES:
            labels = {"kind": "session", "mode": mode, "outcome": outcome}
            assert value("speechcoach_runs_total", **labels) == 0
    assert value("speechcoach_run_duration_seconds_count", outcome="completed") == 0


def test_before_the_first_failure_of_a_call_there_is_none_of_any_kind() -> None:
    a_call(cache_hit=True, could_hit=True, latency_ms=None)
    for outcome in Outcome:
        assert value("speechcoach_calls_total", purpose="verdicts", outcome=outcome) == 0
    assert value(f"{SECONDS}_count", error_type="") == 0
    assert value(f"{TOKENS}_count", gen_ai_token_type="output") == 0
    a_call(outcome=Outcome.TIMEOUT)
    assert value("speechcoach_calls_total", purpose="verdicts", outcome="timeout") == 1


def test_cost_is_that_of_all_calls() -> None:
    for _ in range(3):
        a_call(cost_usd=Decimal("0.1"))
    a_call(cost_usd=None)
    assert value("speechcoach_cost_usd_total") == pytest.approx(0.3)
    assert value("speechcoach_calls_unpriced_total") == 1


def test_sound_is_told_in_seconds() -> None:
    a_call(purpose="transcription", audio_ms=90_500)
    assert value("speechcoach_audio_seconds_total", purpose="transcription") == 90.5


def test_queues_and_alerts_are_told(redis_client: Redis) -> None:
    Queue("low", connection=redis_client).enqueue("somebody.works")
    now = timezone.now()
    Alert.objects.create(rule="p95", severity="critical", opened_at=now)
    Alert.objects.create(rule="cost", severity="critical", opened_at=now, closed_at=now)
    assert value("speechcoach_queue_waiting", queue="low") == 1
    assert value("speechcoach_queue_waiting", queue="default") == 0
    assert value("speechcoach_workers", queue="default") == 0
    assert value("speechcoach_alerts_open", severity="critical") == 1
    assert value("speechcoach_alerts_open", severity="warning") == 0


def test_what_is_away_is_told_and_the_rest_as_well(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1"
    a_run()
    assert value("speechcoach_healthy", part="redis") == 0
    assert value("speechcoach_healthy", part="database") == 1
    assert value("speechcoach_runs_total") == 1


def test_without_the_database_health_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("metrics_app.models.Call._meta.db_table", "not_migrated")
    assert value("speechcoach_healthy", part="database") == 0
    assert value("speechcoach_healthy", part="redis") == 1


def test_a_database_that_goes_while_it_is_read_costs_its_figures_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("metrics_app.models.TotalCalls._meta.db_table", "gone")
    assert value("speechcoach_healthy", part="redis") == 1
    assert "speechcoach_alerts_open" not in {sample.name for sample in scraped()}


def counters() -> dict[tuple[object, ...], float]:
    growing = ("_total", "_count", "_sum", "_bucket")
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for sample in scraped()
        if sample.name.endswith(growing)
    }


def test_counters_are_the_same_when_rows_become_hours_and_go() -> None:
    """And they were never higher in between."""
    long_ago = datetime(2025, 1, 1, 10, 30, tzinfo=UTC)
    for hours in range(5):
        a_call(started_at=long_ago + timedelta(hours=hours), latency_ms=640 * hours + 3)
        a_run(finished_at=long_ago + timedelta(hours=hours))
    some_of_everything()
    by_rows = counters()
    rollups.roll_up(since=long_ago)
    by_hours = counters()
    retention.purge()
    assert Call.objects.filter(started_at__lt=long_ago + timedelta(days=1)).count() == 0
    assert Run.objects.filter(finished_at__lt=long_ago + timedelta(days=1)).count() == 0
    left = counters()
    assert set(by_rows) == set(by_hours) == set(left)
    for series, before in by_rows.items():
        assert by_hours[series] == pytest.approx(before), series
        assert left[series] == pytest.approx(before), series


def test_it_takes_few_queries() -> None:
    some_of_everything()
    with CaptureQueriesContext(connection) as captured:
        assert Client().get("/metrics").status_code == 200
    assert len(captured) <= 12


COUNTED = st.integers(0, 50).flatmap(
    lambda most: st.builds(
        lambda counts, total: Counted(max(counts), total, tuple(sorted(counts))),
        st.lists(
            st.integers(0, most), min_size=len(TOKEN_BOUNDS) + 1, max_size=len(TOKEN_BOUNDS) + 1
        ),
        st.floats(0, 1e6),
    )
)


@hypothesis_settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), COUNTED), max_size=8))
def test_what_has_the_same_labels_is_added_up(rows: list[tuple[str, Counted]]) -> None:
    counts: dict[str, int] = defaultdict(int)
    for name, counted in rows:
        counts[name] += counted.count
    told = _histogram("t", "", ("name",), TOKEN_BOUNDS, (((name,), each) for name, each in rows))
    found = {s.labels["name"]: s.value for s in told.samples if s.name == "t_count"}
    assert found == counts


def test_bounds_have_room_for_a_long_run() -> None:
    assert max(LATENCY_BOUNDS) > 120
