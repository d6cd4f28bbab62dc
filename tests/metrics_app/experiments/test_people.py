from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from metrics_app.experiments.means import Tally
from metrics_app.experiments.people import Person, ended_runs, people
from metrics_app.windows import Window
from tests.metrics_app.experiments.variants import FLAG, a_call, a_run

pytestmark = pytest.mark.django_db


def found(kind: str = "session") -> list[Person]:
    """Those with the flag off first, then by their number of runs."""
    runs = ended_runs(FLAG, Window.last(60, timezone.now() + timedelta(minutes=1)), kind)
    return sorted(people(runs), key=lambda person: (person.on, person.runs))


def test_runs_are_added_up_by_person_and_variant() -> None:
    a_run(True, 1, total_ms=10_000)
    a_run(True, 1, total_ms=30_000)
    a_run(True, 2)
    a_run(False, 1)
    off, two, one = found()
    assert (off.on, off.runs, two.runs) == (False, 1, 1)
    assert (one.on, one.runs, one.time) == (True, 2, Tally(2, 40_000))


def test_only_runs_of_the_kind_and_the_window_that_know_their_variant_count() -> None:
    a_run(None, 1)
    a_run(True, 1, variants={"another": True})
    a_run(True, 1, kind="drill")
    a_run(True, 1, finished_at=timezone.now() - timedelta(hours=2))
    a_run(True, 1, finished_at=timezone.now() + timedelta(hours=2))
    assert found() == []
    assert [person.runs for person in found("drill")] == [1]


def test_runs_of_people_who_are_gone_are_each_somebodys() -> None:
    for _ in range(3):
        a_run(True, None)
    assert [person.runs for person in found()] == [1, 1, 1]


def test_time_is_of_completed_runs_and_cancelled_ones_are_no_failures() -> None:
    a_run(True, 1)
    a_run(True, 1, outcome="failed", total_ms=1)
    a_run(True, 1, outcome="quarantined", total_ms=1)
    a_run(True, 1, outcome="cancelled", total_ms=1)
    (person,) = found()
    assert (person.runs, person.time, person.failed) == (4, Tally(1, 20_000), Tally(3, 2))


def test_rough_drafts_are_timed_by_nobody_who_waits() -> None:
    """As the key figures leave them out: they take minutes where others take seconds."""
    a_run(True, 1)
    a_run(True, 1, queue="drafts", total_ms=900_000)
    a_run(True, 1, queue="drafts", outcome="failed")
    (person,) = found()
    assert (person.runs, person.time, person.failed) == (3, Tally(1, 20_000), Tally(3, 1))


def test_regeneration_is_of_runs_that_were_checked() -> None:
    for regenerated in (True, False, False, None):
        a_run(True, 1, regenerated=regenerated)
    (person,) = found()
    assert person.regenerated == Tally(3, 1)


def test_a_run_costs_what_its_calls_do() -> None:
    first, second = a_run(True, 1), a_run(True, 1)
    for usd in ("0.25", "0.5"):
        a_call(first, usd)
    a_call(second, "1.0")
    a_run(True, 1)  # asked no model
    (person,) = found()
    assert person.cost == Tally(3, 1.75)


def test_a_run_with_a_call_of_unknown_price_has_no_known_cost() -> None:
    a_call(a_run(True, 1), "0.25")
    unknown = a_run(True, 1)
    a_call(unknown, "0.5")
    a_call(unknown, None)
    a_run(True, 1, run_id=None)  # its calls cannot be found any more
    (person,) = found()
    assert person.cost == Tally(1, 0.25)
