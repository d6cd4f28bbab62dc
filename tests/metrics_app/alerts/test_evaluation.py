from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from metrics_app.alerts import evaluation, readings, states
from metrics_app.alerts.readings import Evidence, Reading
from metrics_app.alerts.rules import rules
from metrics_app.alerts.told import Told
from metrics_app.models import Alert, AlertState, Run, StageTiming
from tests.metrics_app.alerts.sights import (
    GONE,
    HEALTHY,
    MINUTE,
    NOW,
    Seen,
    calls,
    health,
    runs,
    short,
    told_at,
    waiting,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known_target(settings: Settings) -> None:
    settings.TARGET_SECONDS = {"session": 30}


def seen_waiting(*seconds: float) -> list[list[Seen]]:
    """What is told when the oldest job has waited for so long, minute by minute."""
    return [
        short(told_at(NOW + minute * MINUTE, waiting(waited)))
        for minute, waited in enumerate(seconds)
    ]


def test_what_gets_worse_closes_its_warning_without_a_word() -> None:
    told = seen_waiting(100, 100, 400, 400)
    assert [each for look in told for each in look] == [
        ("oldest_job", "warning", "opened"),
        ("oldest_job", "critical", "opened"),
    ]
    warning, critical = Alert.objects.order_by("opened_at")
    assert (warning.closed_at, critical.closed_at) == (critical.opened_at, None)


def test_what_gets_better_is_critical_no_more_and_a_warning_still() -> None:
    seen_waiting(400, 400, 100)
    told = told_at(NOW + 3 * MINUTE, waiting(100))
    assert short(told) == [
        ("oldest_job", "critical", "recovered"),
        ("oldest_job", "warning", "opened"),
    ]
    assert told[0].figures == "It is no longer critical, and still a warning."


def test_a_warning_told_before_is_open_again_without_a_word_when_it_is_critical_no_more() -> None:
    told = seen_waiting(100, 100, 400, 400, 100, 100)
    assert told[4:] == [[], [("oldest_job", "critical", "recovered")]]
    warning = Alert.objects.get(closed_at=None)
    assert (warning.severity, warning.opened_at) == ("warning", NOW + 5 * MINUTE)
    assert warning.figures.startswith("100.0 s (should be at most 60.0 s)")
    assert told_at(NOW + 15 * MINUTE, waiting(100)) == []
    (again,) = told_at(NOW + 16 * MINUTE, waiting(100))
    assert short([again]) == [("oldest_job", "warning", "still_open")]
    assert again.opened_at == warning.opened_at


def test_what_gets_well_leaves_no_warning() -> None:
    assert seen_waiting(400, 400, 0, 0)[3] == [("oldest_job", "critical", "recovered")]
    assert not Alert.objects.filter(closed_at=None).exists()


def test_the_history_says_how_it_was_when_it_was_opened() -> None:
    runs(5, outcome="failed")
    runs(15)
    told = opened(by="error_rate")
    runs(100)
    told_at(NOW + 2 * MINUTE, HEALTHY)
    alert = Alert.objects.get()
    assert alert.rule == "error_rate"
    assert (alert.value, alert.threshold, alert.sample) == (0.25, 0.1, 20)
    assert alert.figures == (
        "25.0 % (should be at most 10.0 %), 20 cases, the last 60 minutes. "
        "Completed: 15; Failed: 5."
    )
    assert (told.alert_id, told.opened_at, told.at) == (alert.pk, NOW + MINUTE, NOW + MINUTE)


def opened(*, by: str) -> Told:
    told_at(NOW, HEALTHY)
    (told,) = told_at(NOW + MINUTE, HEALTHY)
    assert told.rule == by
    return told


def test_slow_runs_name_the_slowest_stage_and_model() -> None:
    runs(30, total_ms=90_000)
    for run in Run.objects.all():
        for stage, ms in (("media", 2_000), ("refinement", 80_000)):
            StageTiming.objects.create(run=run, stage=stage, state="completed", duration_ms=ms)
    calls(3, model="small", latency_ms=500)
    calls(4, model="large", latency_ms=70_000)
    assert opened(by="run_time_session").figures == (
        "Slowest stage: refinement, 95th percentile 80.0 s (30 times). "
        "Slowest model: large, 95th percentile 70.0 s (4 times)."
    )


def test_slow_runs_without_stages_or_models_name_none() -> None:
    runs(30, total_ms=90_000)
    assert opened(by="run_time_session").figures == ""


def test_costs_name_the_models_and_what_has_no_price() -> None:
    calls(1, model="large", cost_usd="0.9")
    calls(1, model="small", cost_usd="0.02")
    calls(2, model="unknown", cost_usd=None)
    assert opened(by="hourly_cost").figures == (
        "large: $0.90; small: $0.0200; unknown: $0.00; 2 calls of unknown price are not included."
    )


def test_failed_calls_are_named() -> None:
    calls(8)
    calls(2, outcome="timeout")
    calls(1, outcome="rate_limited")
    assert opened(by="model_api").figures == "rate_limited: 1; timeout: 2."


def test_it_is_said_in_the_language_of_the_installation(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "de"
    runs(30, outcome="failed")
    assert "100,0 %" in opened(by="error_rate").finding


def test_works_while_redis_is_away() -> None:
    gone = health(redis=GONE, queues=())
    runs(30, outcome="failed")
    told = [short(told_at(NOW + minute * MINUTE, gone)) for minute in range(2)]
    assert told[1] == [("redis", "critical", "opened"), ("error_rate", "critical", "opened")]


def test_a_queue_that_nobody_sees_recovers_from_nothing() -> None:
    seen_waiting(400, 400)
    gone = health(redis=GONE, queues=())
    told = [each for n in (2, 3) for each in short(told_at(NOW + n * MINUTE, gone))]
    assert told == [("redis", "critical", "opened")]
    assert Alert.objects.filter(rule="oldest_job", closed_at=None).exists()


def test_nothing_is_written_while_nothing_changes() -> None:
    told_at(NOW, HEALTHY)
    with CaptureQueriesContext(connection) as queries:
        told_at(NOW + MINUTE, HEALTHY)
    assert all(query["sql"].startswith("SELECT") for query in queries)


def test_of_two_who_saw_the_same_one_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one read the states before the first one wrote."""
    told_at(NOW, waiting(400))
    stale = states.states_of(rules())
    assert short(told_at(NOW + MINUTE, waiting(400))) == [("oldest_job", "critical", "opened")]
    monkeypatch.setattr(evaluation, "states_of", lambda asked: stale)
    assert told_at(NOW + MINUTE, waiting(400)) == []
    assert Alert.objects.count() == 1


def test_who_is_late_with_one_severity_changes_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    told_at(NOW, waiting(400))
    stale = states.states_of(rules())
    AlertState.objects.filter(rule="oldest_job", severity="warning").update(version=99)
    monkeypatch.setattr(evaluation, "states_of", lambda asked: stale)
    late = told_at(NOW + MINUTE, waiting(0))
    assert late == []
    critical = AlertState.objects.get(rule="oldest_job", severity="critical")
    assert critical.breached_since == NOW


def test_a_rule_that_is_gone_is_left_alone() -> None:
    AlertState.objects.create(rule="of an older version", severity="warning")
    assert told_at(NOW + timedelta(days=1), HEALTHY) == []


def test_a_rule_that_was_switched_off_is_closed_without_a_word(settings: Settings) -> None:
    calls(1, cost_usd="1.5")
    assert opened(by="hourly_cost").severity == "critical"
    settings.ALERT_HOURLY_USD = settings.ALERT_HOURLY_CRITICAL_USD = 0
    assert told_at(NOW + 2 * MINUTE, HEALTHY) == []
    assert Alert.objects.get().closed_at == NOW + 2 * MINUTE
    settings.ALERT_HOURLY_CRITICAL_USD = 1
    assert [told_at(NOW + n * MINUTE, HEALTHY) for n in (3, 4, 30)] == [[], [], []]
    assert short(told_at(NOW + 31 * MINUTE, HEALTHY)) == [("hourly_cost", "critical", "opened")]


def test_an_alert_of_a_rule_that_is_gone_is_closed_without_a_word() -> None:
    alert = Alert.objects.create(rule="of an older version", severity="warning", opened_at=NOW)
    state = AlertState.objects.create(rule=alert.rule, severity="warning", alert=alert)
    assert told_at(NOW + MINUTE, HEALTHY) == []
    alert.refresh_from_db()
    state.refresh_from_db()
    assert (alert.closed_at, state.alert) == (NOW + MINUTE, None)


def test_what_is_no_longer_seen_is_over_and_says_so() -> None:
    runs(30, outcome="failed")
    opened(by="error_rate")
    Run.objects.all().delete()
    assert told_at(NOW + 2 * MINUTE, HEALTHY) == []
    (told,) = told_at(NOW + 3 * MINUTE, HEALTHY)
    assert (str(told.notice), told.unseen) == ("recovered", True)
    assert told.finding == (
        "There were no cases in the last 60 minutes: whether all is well again is not known."
    )
    assert not Alert.objects.filter(closed_at=None).exists()


def test_what_is_seen_to_be_sound_is_not_called_unseen() -> None:
    runs(30, outcome="failed")
    assert not opened(by="error_rate").unseen
    Run.objects.update(outcome="completed")
    told_at(NOW + 2 * MINUTE, HEALTHY)
    (told,) = told_at(NOW + 3 * MINUTE, HEALTHY)
    assert (str(told.notice), told.unseen) == ("recovered", False)


def test_a_rule_that_the_database_cannot_answer_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone(evidence: Evidence) -> Reading:
        raise OperationalError("gone")

    monkeypatch.setattr(readings, "run_errors", gone)
    calls(1, cost_usd="0.6")
    seen = health(redis=GONE, queues=())
    told = [short(told_at(NOW + n * MINUTE, seen)) for n in range(2)]
    assert told[1] == [("redis", "critical", "opened"), ("hourly_cost", "warning", "opened")]
    assert "rule error_rate for alerts not looked at: gone" in caplog.text


def test_what_is_stored_as_told_is_told_before_the_next_rule_is_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = health(redis=GONE, queues=())
    told_at(NOW, seen)

    def fault(evidence: Evidence) -> Reading:
        raise ZeroDivisionError

    monkeypatch.setattr(readings, "run_errors", fault)
    found = evaluation.evaluate(NOW + MINUTE, seen)
    assert short([next(found)]) == [("redis", "critical", "opened")]
    with pytest.raises(ZeroDivisionError):
        next(found)


if connection.vendor == "postgresql":  # SQLite loses no connections

    @pytest.mark.django_db(transaction=True)
    def test_a_connection_that_is_lost_with_one_rule_fails_no_other(
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def cut(evidence: Evidence) -> Reading:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            raise AssertionError("it was not cut")

        monkeypatch.setattr(readings, "run_errors", cut)
        calls(1, cost_usd="0.6")
        told = [short(told_at(NOW + n * MINUTE, HEALTHY)) for n in range(2)]
        assert told == [[], [("hourly_cost", "warning", "opened")]]
