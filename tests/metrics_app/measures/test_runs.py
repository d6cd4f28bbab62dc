from __future__ import annotations

from datetime import timedelta

import pytest

from metrics_app.measures.runs import RunsIn, durations, stage_durations, totals
from metrics_app.spread import NO_SAMPLE
from metrics_app.windows import Scope, Window
from tests.metrics_app.measured import NOON, a_run, minutes, save, with_stages

pytestmark = pytest.mark.django_db

HOUR = Window(NOON, NOON + timedelta(hours=1))
FLAG = "parallel_ai_processing"


def test_nothing_has_ended() -> None:
    assert durations(HOUR) == {"": NO_SAMPLE}
    assert stage_durations(HOUR) == {}
    nothing = totals(HOUR)[""]
    assert nothing.runs == 0
    rates = (nothing.error_rate, nothing.parallel_rate, nothing.regeneration_rate)
    assert (*rates, nothing.fallback_rate, RunsIn(HOUR).difference()) == (None,) * 5


def test_runs_are_measured_when_they_end() -> None:
    before, after = a_run(NOON - minutes(1)), a_run(NOON + minutes(60))
    save([before, a_run(total_ms=10), a_run(NOON + minutes(59), total_ms=30), after])
    spread = durations(HOUR)[""]
    assert (spread.count, spread.median) == (2, 20)
    assert spread.p95 == pytest.approx(29)
    assert totals(HOUR)[""].runs == 2


def test_only_whole_completed_runs_tell_how_long_a_run_takes() -> None:
    save([a_run(total_ms=10), a_run(total_ms=None)])  # the latter took some stages over
    save(a_run(total_ms=1, outcome=end) for end in ("failed", "cancelled", "quarantined"))
    assert durations(HOUR)[""].max == 10
    assert durations(HOUR)[""].count == 1
    assert totals(HOUR)[""].runs == 5


def test_what_has_no_duration_is_counted_all_the_same() -> None:
    save([a_run(total_ms=None, outcome="cancelled"), a_run(total_ms=10)])
    assert durations(HOUR)[""].count == 1
    assert totals(HOUR)[""].runs == 2


@pytest.mark.parametrize(
    ("by", "names"), [("kind", ["drill", "session"]), ("mode", ["", "parallel"])]
)
def test_figures_come_by_a_field_in_its_order(by: str, names: list[str]) -> None:
    save([a_run(), a_run(kind="drill", mode=""), a_run()])
    assert list(durations(HOUR, by=by)) == names  # type: ignore[arg-type]
    assert [found.runs for found in totals(HOUR, by=by).values()] == [1, 2]  # type: ignore[arg-type]


def test_a_scope_narrows_by_kind_and_queue_and_knows_no_operation_of_runs() -> None:
    save([a_run(), a_run(kind="drill"), a_run(queue="low")])
    assert totals(HOUR, Scope(kind="drill"))[""].runs == 1
    assert durations(HOUR, Scope(priority="low"))[""].count == 1
    assert totals(HOUR, Scope(operation="check"))[""].runs == 3


def test_errors_are_of_runs_that_nobody_cancelled() -> None:
    save(a_run(outcome=end) for end in ("completed", "completed", "failed", "quarantined"))
    save(a_run(outcome="cancelled") for _ in range(4))
    found = totals(HOUR)[""]
    assert found.by_outcome == {"cancelled": 4, "completed": 2, "failed": 1, "quarantined": 1}
    assert found.error_rate == 0.5


def test_of_what_was_to_be_parallel_counts_what_came_as_far_as_that() -> None:
    meant, not_meant = {FLAG: True}, {FLAG: False}
    save(
        [
            *(a_run(variants=meant) for _ in range(6)),
            a_run(variants=meant, degraded=True),  # less was done, but side by side
            a_run(variants=meant, mode="sequential", degraded=True),
            a_run(variants=meant, mode="rule_based", degraded=True),
            a_run(variants=meant, outcome="failed"),  # on the way, or after it
            a_run(variants=meant, outcome="cancelled"),
            a_run(variants=meant, mode="sequential", degraded=True, outcome="cancelled"),
            a_run(variants=meant, mode="", outcome="failed"),  # long before
            a_run(variants=meant, mode="rule_based"),  # there is no model
            a_run(variants=not_meant, mode="sequential"),
            a_run(variants=not_meant, mode="rule_based", degraded=True),
            a_run(mode="rule_based", degraded=True),  # a rough draft
        ]
    )
    found = totals(HOUR)[""]
    assert (found.parallel, found.asked_model, found.parallel_rate) == (7, 10, 0.7)
    assert found.degraded == 5
    assert found.fallback_rate == pytest.approx(5 / 15)


def test_regeneration_is_of_runs_that_were_checked() -> None:
    save(
        [
            a_run(regenerated=True, agreement_difference=0.5),
            a_run(regenerated=False, agreement_difference=0.1),
            a_run(regenerated=None, agreement_difference=None),
        ]
    )
    found = totals(HOUR)[""]
    assert (found.checked, found.regenerated, found.regeneration_rate) == (2, 1, 0.5)
    assert RunsIn(HOUR).difference() == pytest.approx(0.3)


def test_stages_come_in_the_order_of_a_run() -> None:
    with_stages(a_run(), refinement=50, scoring=10)  # only from there on
    with_stages(a_run(), media=200, transcription=400, refinement=70, scoring=None)
    found = stage_durations(HOUR)
    assert list(found) == ["media", "transcription", "refinement", "scoring"]
    assert (found["refinement"].median, found["scoring"].count) == (60, 1)


def test_stages_are_those_of_whole_completed_runs() -> None:
    with_stages(a_run(), refinement=50)
    with_stages(a_run(total_ms=None), refinement=1)
    with_stages(a_run(outcome="failed"), refinement=9_000)
    assert stage_durations(HOUR)["refinement"].max == 50
    assert stage_durations(HOUR)["refinement"].count == 1


def test_stages_are_those_of_runs_in_the_scope() -> None:
    with_stages(a_run(kind="drill"), media=1)
    with_stages(a_run(NOON - minutes(1)), media=1)
    with_stages(a_run(), media=5)
    assert stage_durations(HOUR, Scope(kind="session"))["media"].count == 1
