from __future__ import annotations

from decimal import Decimal

import pytest

from metrics_app.analysis import recommendations as advise
from metrics_app.analysis.corrected import Corrected
from metrics_app.analysis.recommendations import Advice
from tests.metrics_app.figures import calls, runs, spread

SO = Corrected("so", "pt", times=34, people=9)
TARGET_SECONDS = 30.0


def figures(advice: Advice | None) -> dict[str, str]:
    assert advice is not None
    return {figure.label: figure.value for figure in advice.figures}


def text(advice: Advice | None) -> str:
    assert advice is not None
    return advice.text


def test_much_regeneration_names_the_rule_that_speakers_contradict() -> None:
    found = advise.regeneration(runs(checked=210, regenerated=86), [SO])
    assert "41 % of 210 checked reports" in text(found)
    assert "over-count “so” in pt: speakers marked it as not a filler 34 times." in text(found)
    assert figures(found)["Regenerated"] == "86"
    assert figures(found)["“so” (pt) marked as not a filler"] == "34"


def test_without_corrections_it_names_no_rule() -> None:
    assert "point to no single rule" in text(advise.regeneration(runs(regenerated=60), []))


def test_little_regeneration_doubts_the_check() -> None:
    assert "too lenient" in text(advise.regeneration(runs(regenerated=3), [SO]))


@pytest.mark.parametrize("regenerated", [15, 20, 25])
def test_usual_regeneration_needs_no_advice(regenerated: int) -> None:
    assert advise.regeneration(runs(regenerated=regenerated), [SO]) is None


def test_regeneration_of_few_reports_says_nothing() -> None:
    assert advise.regeneration(runs(checked=19, regenerated=19), [SO]) is None
    assert advise.regeneration(runs(checked=20, regenerated=20), [SO]) is not None
    assert advise.regeneration(runs(checked=0, regenerated=0), []) is None


def test_slow_runs_name_the_slowest_stage_and_model() -> None:
    found = advise.slowness(
        spread(20_000, 50_000),
        TARGET_SECONDS,
        {"media": spread(300, 900), "refinement": spread(9_000, 31_000)},
        {"small": spread(1_000, 2_000), "large": spread(800, 12_500)},
    )
    assert text(found) == (
        "One run in twenty takes longer than 50.0 s; it should be 45.0 s at most. The slowest "
        "stage is refinement, with a p95 of 31.0 s. The slowest model is large, with a p95 of "
        "12.5 s for a call."
    )
    assert figures(found)["refinement (p95)"] == "31.0 s"


def test_a_rule_based_installation_is_slow_without_any_model() -> None:
    found = advise.slowness(spread(20_000, 50_000), TARGET_SECONDS, {}, {})
    assert "slowest" not in text(found)


@pytest.mark.parametrize(
    ("p95", "count", "target"),
    [(45_000, 100, TARGET_SECONDS), (90_000, 19, TARGET_SECONDS), (90_000, 100, None)],
    ids=["at the limit", "too few", "no target"],
)
def test_runs_that_are_fast_enough_few_or_without_a_target_need_none(
    p95: float, count: int, target: float | None
) -> None:
    assert advise.slowness(spread(10_000, p95, count), target, {}, {}) is None


def test_failed_runs_are_said_by_how_they_ended() -> None:
    found = advise.failures(runs(by_outcome={"completed": 90, "failed": 7, "quarantined": 3}))
    assert "10.0 % of 100 runs" in text(found)
    assert figures(found) == {"Completed": "90", "Failed": "7", "Stopped for inspection": "3"}


def test_cancelled_runs_are_no_sample_of_failures() -> None:
    found = advise.failures(runs(by_outcome={"completed": 36, "failed": 4, "cancelled": 60}))
    assert "10.0 % of 40 runs failed, cancelled ones left out" in text(found)
    assert figures(found)["Cancelled"] == "60"
    assert advise.failures(runs(by_outcome={"failed": 19, "cancelled": 81})) is None


def test_a_failed_run_in_twenty_is_borne() -> None:
    assert advise.failures(runs(by_outcome={"completed": 95, "failed": 5})) is None
    assert advise.failures(runs(runs=19, by_outcome={"failed": 19})) is None


def test_fallbacks_come_with_what_stopped_calls() -> None:
    purposes = {
        "review": calls(by_outcome={"ok": 90, "timeout": 8, "cancelled": 9}),
        "coaching": calls(by_outcome={"ok": 90, "timeout": 4, "malformed": 2}),
    }
    found = advise.fallbacks(runs(parallel=90), purposes)
    assert "Only 90.0 % of 100 runs" in text(found)
    assert "timeout (12), malformed (2)." in text(found)
    assert "cancelled" not in figures(found)


def test_what_our_own_cap_or_breaker_held_back_is_among_the_reasons() -> None:
    purposes = {"review": calls(held_back={"spend_cap": 20, "unavailable": 3})}
    assert "spend_cap (20), unavailable (3)." in text(advise.fallbacks(runs(parallel=90), purposes))


def test_fallbacks_without_failed_calls_name_no_reason() -> None:
    assert "problems" not in text(advise.fallbacks(runs(parallel=90), {"review": calls()}))


def test_enough_parallel_runs_need_no_advice() -> None:
    assert advise.fallbacks(runs(parallel=99), {}) is None
    assert advise.fallbacks(runs(parallel=0, asked_model=19), {}) is None


def test_kept_answers_that_are_not_used_are_counted_over_all_purposes() -> None:
    found = advise.cache({"a": calls(hits=2, could_hit=10), "b": calls(hits=8, could_hit=10)})
    assert text(found).startswith("Only 50 % of 20 repeated questions were answered from the cache")


def test_kept_answers_that_are_used_or_few_need_no_advice() -> None:
    assert advise.cache({"a": calls(hits=12, could_hit=20)}) is None
    assert advise.cache({"a": calls(hits=0, could_hit=19)}) is None
    assert advise.cache({}) is None


def test_a_dear_day_names_what_it_is_spent_on() -> None:
    purposes = {"review": calls(usd=Decimal(3)), "coaching": calls(usd=Decimal(1), unpriced=2)}
    found = advise.spending(60, Decimal(20), purposes)
    assert text(found) == (
        "A day costs $96.00 at this rate; it should be $20.00 at most. Most of it is spent on "
        "review: $3.00 of $4.00."
    )
    assert figures(found)["A month at this rate"] == "$2,880.00"
    assert figures(found)["Calls without a known price"] == "2"


def test_a_cheap_day_few_calls_or_no_limit_need_no_advice() -> None:
    assert advise.spending(24 * 60, Decimal(20), {"review": calls(usd=Decimal(20))}) is None
    assert advise.spending(60, Decimal(20), {"review": calls(calls=19, usd=Decimal(9))}) is None
    assert advise.spending(60, None, {"review": calls(usd=Decimal(9))}) is None
