"""What the API says of calls and runs that are known."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from ai.errors import Outcome
from metrics_app.models import Alert, CorrectionEvent
from tests.metrics_app.recent import a_call, a_run, answered, staff
from tests.metrics_app.records import a_correction

pytestmark = pytest.mark.django_db

NO_SAMPLE = {
    **dict.fromkeys(("avg", "min", "median", "p95", "p99", "max", "error_bound")), "count": 0,
}  # fmt: skip


def told(path: str) -> Any:
    return answered(staff(), path)


def test_without_a_sample_nothing_is_said() -> None:
    performance = told("performance")
    assert performance["runs"] == performance["calls"] == NO_SAMPLE
    assert performance["run_outcomes"] == {"count": 0, "error_rate": None, "by_outcome": {}}
    total = told("costs")["total"]
    assert (total["usd_per_call"], total["projected_day"]) == (None, None)
    assert told("cache")["answers"] == {"hits": 0, "could_hit": 0, "hit_rate": None}
    assert told("cache")["server"]["rate"] is None
    quality = told("quality")
    assert quality["regeneration_rate"] is quality["parallel_rate"] is None
    assert quality["drill_scores"] is quality["first_pass_rate"] is None
    dashboard = told("dashboard")
    assert dashboard["run_ms_p95"]["value"] is dashboard["usd_per_run"] is None


@pytest.mark.parametrize(("window", "count"), [(5, 0), (60, 1), (1440, 2)])
def test_the_window_is_honoured_everywhere(window: int, count: int) -> None:
    for minutes_ago in (10, 600, 1500):
        a_call(minutes_ago, could_hit=True)
        a_run(minutes_ago)
        a_correction()
        last = CorrectionEvent.objects.latest("id")
        at = timezone.now() - timedelta(minutes=minutes_ago)
        CorrectionEvent.objects.filter(pk=last.pk).update(at=at)
    asked = f"?window={window}"
    performance, costs = told(f"performance{asked}"), told(f"costs{asked}")
    assert performance["runs"]["count"] == performance["calls"]["count"] == count
    assert performance["run_outcomes"]["count"] == performance["call_outcomes"]["count"] == count
    assert costs["total"]["calls"] == count
    quality = told(f"quality{asked}")
    assert quality["runs"] == count
    assert sum(each["made"] for each in quality["corrections"]) == count
    assert told(f"cache{asked}")["answers"]["could_hit"] == count
    dashboard = told(f"dashboard{asked}")
    assert dashboard["run_ms_avg"]["sample"] == dashboard["cache_hit_rate"]["sample"] == count


def test_how_fast() -> None:
    for latency in (100, 200, 300, 400, 1000):
        a_call(latency_ms=latency, purpose="verdicts" if latency < 1000 else "coaching")
    a_call(latency_ms=None, outcome=Outcome.UNAVAILABLE, model="small")
    a_run(total_ms=10_000)
    a_run(total_ms=30_000, kind="drill", outcome="failed")
    found = told("performance")
    assert found["calls"] == {
        "count": 5, "avg": 400, "min": 100, "median": 300, "p95": pytest.approx(880),
        "p99": pytest.approx(976), "max": 1000, "error_bound": None,
    }  # fmt: skip
    assert {name: each["count"] for name, each in found["calls_by_operation"].items()} == {
        "coaching": 1, "verdicts": 4,
    }  # fmt: skip
    assert found["calls_by_model"]["large"]["count"] == 5
    assert found["runs"]["avg"] == 10_000  # of completed ones
    assert list(found["runs_by_kind"]) == ["session"]
    assert found["stages"]["rules"]["median"] == 900
    assert found["run_outcomes"]["error_rate"] == 0.5
    assert found["call_outcomes"]["by_outcome"] == {"ok": 5}
    assert found["calls_held_back"] == {"unavailable": 1}


def test_filters_choose_calls_and_runs() -> None:
    default, low = a_run(), a_run(queue="low", kind="drill")
    a_call(purpose="verdicts", run_id=default.run_id)
    a_call(purpose="coaching", run_id=low.run_id, run_kind="drill")
    a_call(purpose="coaching", run_id=default.run_id)
    counts = {
        question: (found["calls"]["count"], found["runs"]["count"])
        for question in ("", "operation=coaching", "kind=drill", "priority=low", "priority=drafts")
        for found in [told(f"performance?{question}")]
    }
    assert counts == {
        "": (3, 2), "operation=coaching": (2, 2), "kind=drill": (1, 1), "priority=low": (1, 1),
        "priority=drafts": (0, 0),
    }  # fmt: skip


def test_how_much() -> None:
    a_run()
    a_run()
    a_call(cost_usd=Decimal("0.3"), tokens_in=1000, tokens_cached=400, tokens_out=10)
    a_call(cost_usd=Decimal("0.1"), tokens_in=10, tokens_cached=0, tokens_out=1, model="small")
    a_call(cost_usd=None, model="unheard-of")
    costs = told("costs?window=60")
    total = costs["total"]
    assert total["usd"] == "0.40000000"
    assert (total["calls"], total["unpriced"]) == (3, 1)
    assert (total["tokens_in"], total["tokens_cached"], total["tokens_out"]) == (1910, 500, 61)
    assert costs["usd_per_run"] == "0.20000000"
    assert Decimal(total["projected_day"]) == Decimal("9.6")
    assert Decimal(total["projected_month"]) == Decimal(288)
    assert list(costs["by_model"]) == ["large", "small", "unheard-of"]
    small = costs["by_model"]["small"]
    assert (small["usd"], Decimal(small["projected_day"])) == ("0.10000000", Decimal("2.4"))
    parts = [Decimal(each["projected_month"]) for each in costs["by_model"].values()]
    assert sum(parts) == Decimal(total["projected_month"])


def test_the_same_cost_wherever_it_is_said() -> None:
    a_run()
    a_call(cost_usd=Decimal("0.12345678"))
    costs, dashboard = told("costs"), told("dashboard")
    assert dashboard["usd"] == costs["total"]["usd"] == "0.12345678"
    assert dashboard["projected_day"] == costs["total"]["projected_day"]
    assert dashboard["usd_per_run"] == costs["usd_per_run"]


def test_how_good() -> None:
    meant: dict[str, Any] = {"variants": {"parallel_ai_processing": True}}
    a_run(regenerated=True, agreement_difference=0.4, **meant)
    a_run(regenerated=False, agreement_difference=0.2, **meant)
    none: dict[str, Any] = {"regenerated": None, "agreement_difference": None}
    a_run(mode="sequential", degraded=True, **meant, **none)
    found = told("quality")
    assert (found["checked"], found["regenerated"], found["regeneration_rate"]) == (2, 1, 0.5)
    assert found["agreement_difference"] == pytest.approx(0.3)
    assert found["parallel_rate"] == pytest.approx(2 / 3)
    assert found["fallback_rate"] == pytest.approx(1 / 3)


def test_what_users_set_right() -> None:
    a_correction()
    a_correction()
    a_correction(made=False)
    a_correction(kind="a_filler", source="none")
    assert told("quality")["corrections"] == [
        {"kind": "not_a_filler", "source": "rule", "made": 2, "taken_back": 1},
        {"kind": "a_filler", "source": "none", "made": 1, "taken_back": 0},
    ]
    assert told("quality?kind=session")["corrections"] == told("quality")["corrections"]
    assert told("quality?kind=drill")["corrections"] == []


@pytest.mark.parametrize("question", ["operation=verdicts", "priority=low"])
def test_corrections_are_not_known_by_what_they_do_not_have(question: str) -> None:
    a_correction()
    assert told(f"quality?{question}")["corrections"] is None


def test_how_often_answers_are_found() -> None:
    a_call(cache_hit=True, could_hit=True, tokens_in=None, tokens_cached=None, cost_usd=0)
    a_call(could_hit=True, tokens_in=1000, tokens_cached=250)
    a_call(purpose="coaching", tokens_in=1000, tokens_cached=250)
    found = told("cache")
    assert found["answers"] == {"hits": 1, "could_hit": 2, "hit_rate": 0.5}
    assert found["by_operation"]["verdicts"]["hit_rate"] == 0.5
    assert found["by_operation"]["coaching"]["hit_rate"] is None
    assert found["server"] == {"tokens_in": 2000, "tokens_cached": 500, "rate": 0.25}


def test_key_figures_come_with_sample_and_target(settings: Settings) -> None:
    settings.TARGET_SECONDS = {"session": 20.0}
    a_run(total_ms=10_000, regenerated=True)
    a_run(total_ms=30_000)
    a_run(total_ms=None, outcome="cancelled", regenerated=None, mode="")
    found = told("dashboard?kind=session")
    assert found["run_ms_avg"] == indicated(20_000, 2, at_most=20_000)
    assert found["run_ms_p95"] == indicated(29_000, 2, at_most=30_000)
    assert found["parallel_rate"] == indicated(1, 2, at_least=0.99)
    assert found["regeneration_rate"] == indicated(0.5, 2, at_least=0.15, at_most=0.25)
    assert found["error_rate"] == indicated(0, 2, at_most=0.05)
    assert found["cache_hit_rate"] == indicated(None, 0, at_least=0.6)
    assert told("dashboard?kind=drill")["run_ms_avg"] == indicated(None, 0)


def indicated(
    value: float | None, sample: int, at_least: float | None = None, at_most: float | None = None
) -> dict[str, Any]:
    about = None if value is None else pytest.approx(value)
    return {"value": about, "sample": sample, "at_least": at_least, "at_most": at_most}


def test_drafts_do_not_count_among_the_runs_people_wait_for(settings: Settings) -> None:
    settings.TARGET_SECONDS = {"session": 20.0}
    a_run(total_ms=10_000)
    a_run(total_ms=900_000, queue="drafts")
    assert told("dashboard?kind=session")["run_ms_avg"]["value"] == 10_000
    drafts = told("dashboard?kind=session&priority=drafts")["run_ms_avg"]
    assert drafts == indicated(900_000, 1)


def test_open_alerts_are_told() -> None:
    now = timezone.now()
    Alert.objects.create(rule="error_rate", severity="warning", opened_at=now, closed_at=now)
    Alert.objects.create(
        rule="p95", severity="critical", opened_at=now, value=90.0, threshold=75.0, sample=40
    )
    (alert,) = told("dashboard")["alerts"]
    assert (alert["rule"], alert["severity"]) == ("p95", "critical")
    assert (alert["value"], alert["threshold"], alert["sample"]) == (90, 75, 40)


def test_what_is_away_is_said_and_what_is_not_known_is_null(settings: Settings) -> None:
    found = told("health")
    assert found["database"]["ok"]
    assert found["redis"]["ok"]
    assert found["model_api"]["ok"] is None
    assert [queue["name"] for queue in found["queues"]] == ["default", "drafts", "bulk", "low"]
    settings.REDIS_URL = "redis://:secret@127.0.0.1:1"
    away = told("health")
    assert away["redis"]["ok"] is False
    assert away["queues"] is None
    assert "secret" not in str(away)
