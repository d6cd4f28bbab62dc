"""Each rule: fires with enough to go by, is silent without, is hidden by its critical one, cools
down, and recovers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from metrics_app.alerts.readings import Reading
from metrics_app.alerts.rules import DATABASE, Level, Rule, is_breached, rules, title_of
from metrics_app.alerts.units import Unit
from metrics_app.health import Health
from metrics_app.models import Alert, Call, Run, Severity
from tests.metrics_app.alerts.sights import (
    GONE,
    HEALTHY,
    MINUTE,
    NOW,
    calls,
    health,
    runs,
    short,
    told_at,
    waiting,
)

pytestmark = pytest.mark.django_db

Rows = Callable[[], None]


def nothing() -> None:
    pass


@dataclass(frozen=True)
class Case:
    """Rows, and the health, that break a rule; that are too few to; and that are as they should."""

    rule: str
    severity: str
    cooldown: int
    breaks: Rows = nothing
    too_few: Rows | None = None
    sound: Rows = nothing
    seen: Health = field(default=HEALTHY)

    def __str__(self) -> str:
        return f"{self.rule}-{self.severity}"


def slow(count: int, seconds: int) -> Rows:
    return lambda: runs(count, total_ms=seconds * 1000)


def some_fail(count: int, failed: int) -> Rows:
    def rows() -> None:
        runs(count - failed)
        runs(failed, outcome="failed")

    return rows


def costing(usd: str) -> Rows:
    return lambda: calls(1, cost_usd=Decimal(usd))


def repeated(count: int, hits: int) -> Rows:
    def rows() -> None:
        calls(hits, could_hit=True, cache_hit=True, cost_usd=None, latency_ms=None)
        calls(count - hits, could_hit=True, cost_usd=None)

    return rows


def redone(count: int, anew: int) -> Rows:
    def rows() -> None:
        runs(anew, regenerated=True)
        runs(count - anew, regenerated=False)

    return rows


def came_down(count: int, down: int) -> Rows:
    def rows() -> None:
        runs(count - down)
        runs(down, mode="sequential", degraded=True, variants={"parallel_ai_processing": True})

    return rows


def bad_calls(count: int, failed: int) -> Rows:
    def rows() -> None:
        calls(count - failed)
        calls(failed, outcome="server_error", cost_usd=None)

    return rows


CASES = [
    Case("run_time_session", "warning", 15, slow(20, 46), slow(19, 46), slow(20, 44)),
    Case("run_time_session", "critical", 5, slow(20, 76), slow(19, 76), slow(20, 44)),
    Case("error_rate", "warning", 10, some_fail(20, 2), some_fail(19, 2), some_fail(20, 1)),
    Case("error_rate", "critical", 5, some_fail(20, 3), some_fail(19, 3), some_fail(20, 1)),
    Case("hourly_cost", "warning", 60, costing("0.51"), sound=costing("0.5")),
    Case("hourly_cost", "critical", 30, costing("1.01"), sound=costing("0.5")),
    Case("cache_hits", "warning", 30, repeated(20, 11), repeated(19, 11), repeated(20, 12)),
    Case("regeneration", "warning", 60, redone(20, 11), redone(19, 11), redone(20, 10)),
    Case("parallel", "warning", 30, came_down(100, 2), came_down(99, 2), came_down(100, 1)),
    Case("model_api", "critical", 5, bad_calls(10, 2), bad_calls(9, 2), bad_calls(10, 1)),
    Case("redis", "critical", 5, seen=health(redis=GONE, queues=())),
    Case("oldest_job", "warning", 15, seen=waiting(61)),
    Case("oldest_job", "critical", 5, seen=waiting(301)),
]  # fmt: skip


@pytest.fixture(autouse=True)
def known_targets(settings: Settings) -> None:
    settings.TARGET_SECONDS = {"session": 30}
    settings.ALERT_HOURLY_USD, settings.ALERT_HOURLY_CRITICAL_USD = 0.5, 1.0
    settings.ALERT_DAILY_USD = 20


def recorded(rows: Rows, minutes: int) -> None:
    """As if they were of the minute before so many minutes from now."""
    Run.objects.all().delete()
    Call.objects.all().delete()
    rows()
    moved = NOW + timedelta(minutes=minutes) - MINUTE
    Run.objects.update(finished_at=moved)
    Call.objects.update(started_at=moved)


def looks(case: Case, rows: Rows, seen: Health, *minutes: int) -> list[tuple[str, str]]:
    """What is told of the rule, when somebody looks at it so many minutes from now."""
    told = []
    for minute in minutes:
        recorded(rows, minute)
        told += short(told_at(NOW + minute * MINUTE, seen))
    return [(severity, notice) for rule, severity, notice in told if rule == case.rule]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_fires_once_cools_down_and_recovers(case: Case) -> None:
    assert looks(case, case.breaks, case.seen, 0, 1, 2, case.cooldown) == [
        (case.severity, "opened")
    ]
    later = case.cooldown + 1
    assert looks(case, case.breaks, case.seen, later) == [(case.severity, "still_open")]
    assert looks(case, case.sound, HEALTHY, later + 1, later + 2, later + 3) == [
        (case.severity, "recovered")
    ]
    alert = Alert.objects.get(rule=case.rule)
    assert (alert.opened_at, alert.closed_at) == (NOW + MINUTE, NOW + (later + 2) * MINUTE)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_is_silent_while_all_is_as_it_should_be(case: Case) -> None:
    assert looks(case, case.sound, HEALTHY, *range(4)) == []


@pytest.mark.parametrize("case", [case for case in CASES if case.too_few], ids=str)
def test_is_silent_with_too_little_to_go_by(case: Case) -> None:
    assert case.too_few
    assert looks(case, case.too_few, HEALTHY, *range(4)) == []


@pytest.mark.parametrize("case", [case for case in CASES if case.too_few], ids=str)
def test_stays_open_while_too_few_say_that_it_is_broken_and_ends_without_any(case: Case) -> None:
    assert case.too_few
    assert looks(case, case.breaks, HEALTHY, 0, 1) == [(case.severity, "opened")]
    assert looks(case, case.too_few, HEALTHY, 2, 3, 4) == []
    assert looks(case, nothing, HEALTHY, 5, 6) == [(case.severity, "recovered")]


def test_a_few_calls_that_succeed_end_it() -> None:
    """A server is back, and hardly anybody asks it."""
    case = Case("model_api", "critical", 5)
    assert looks(case, bad_calls(10, 2), HEALTHY, 0, 1) == [("critical", "opened")]
    assert looks(case, bad_calls(2, 0), HEALTHY, 2, 3) == [("critical", "recovered")]


@given(st.floats(0, 1), st.integers(0, 200), st.booleans())
def test_few_cases_acquit_and_do_not_convict(value: float, sample: int, below: bool) -> None:
    level = Level(Severity.WARNING, 0.5, 10)
    rule = Rule("any", "any", Unit.SHARE, 60, 20, (level,), lambda _: Reading(value, sample))
    broken = is_breached(replace(rule, below=below), level, Reading(value, sample))
    if value != 0.5 and (value < 0.5) == below:
        assert broken is (True if sample >= 20 else None)
    else:
        assert broken is False


def test_what_could_not_be_asked_is_not_known() -> None:
    level = Level(Severity.WARNING, 0.5, 10)
    rule = Rule("any", "any", Unit.SHARE, 60, 0, (level,), lambda _: Reading(None, 0))
    assert is_breached(rule, level, Reading(None, 0, blind=True)) is None
    assert is_breached(rule, level, Reading(None, 0)) is False
    assert is_breached(rule, level, Reading(0.4, 9, blind=True)) is None
    assert is_breached(rule, level, Reading(0.6, 9, blind=True)) is True


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.severity == "critical"], ids=lambda case: case.rule
)
def test_a_critical_one_hides_its_warning(case: Case) -> None:
    told = looks(case, case.breaks, case.seen, *range(5))
    assert told == [("critical", "opened")]
    (alert,) = Alert.objects.filter(rule=case.rule)
    assert alert.severity == "critical"


def test_every_rule_is_among_these() -> None:
    levels = {(rule.name, str(level.severity)) for rule in rules() for level in rule.levels}
    own = {(DATABASE, "critical"), ("daily_cost", "warning")}
    assert {(case.rule, case.severity) for case in CASES} | own == levels


def test_a_day_that_goes_on_like_this_would_cost_too_much() -> None:
    """Spread over six hours, so that no hour alone is too dear."""
    told = []
    for minute in range(2):
        Call.objects.all().delete()
        now = NOW + minute * MINUTE
        for hour in range(6):
            calls(1, at=now - timedelta(hours=hour, minutes=1), cost_usd=Decimal("0.5"))
        calls(1, at=now - timedelta(hours=5, minutes=2), cost_usd=Decimal("2.1"))
        told = short(told_at(now, HEALTHY))
    assert told == [("daily_cost", "warning", "opened")]


def test_no_threshold_no_alert(settings: Settings) -> None:
    settings.ALERT_HOURLY_USD = settings.ALERT_HOURLY_CRITICAL_USD = settings.ALERT_DAILY_USD = 0
    case = Case("hourly_cost", "warning", 60)
    assert looks(case, costing("90"), HEALTHY, *range(3)) == []


def test_drafts_and_vectors_may_wait_while_somebody_works_on_them() -> None:
    case = Case("oldest_job", "critical", 5)
    assert looks(case, nothing, waiting(900, "drafts"), *range(3)) == []
    assert looks(case, nothing, waiting(900, "drafts", workers=0), 3, 4) == [("critical", "opened")]


def test_talks_drafted_on_this_machine_have_no_target() -> None:
    def rows() -> None:
        runs(40, total_ms=900_000, queue="drafts")

    assert looks(Case("run_time_session", "critical", 5), rows, HEALTHY, *range(3)) == []


def test_cancelled_runs_are_no_failures_and_no_sample() -> None:
    def rows() -> None:
        some_fail(19, 3)()
        runs(40, outcome="cancelled")

    assert looks(Case("error_rate", "critical", 5), rows, HEALTHY, *range(3)) == []


def test_what_we_cancelled_is_no_fault_of_the_server() -> None:
    def rows() -> None:
        calls(20)
        calls(20, outcome="cancelled")
        calls(20, outcome="malformed")

    assert looks(Case("model_api", "critical", 5), rows, HEALTHY, *range(3)) == []


def test_titles_are_for_people() -> None:
    assert title_of("error_rate") == "Failed runs"
    assert title_of("run_time_session") == "Processing time, 95th percentile (session)"
    assert title_of("of an older version") == "of an older version"
