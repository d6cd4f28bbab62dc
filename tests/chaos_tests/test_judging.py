from __future__ import annotations

import uuid
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.chaos.deaths import Death
from tests.chaos.evidence import Evidence, Recovery
from tests.chaos.judging import judge
from tests.chaos.kills import Kill, Kind
from tests.chaos_tests.evidence import ANSWER, ROWS, RUN, SOUND, TALK, with_report

JOB = Kill(100.5, Kind.JOB)


def broken(found: Evidence) -> list[str]:
    return [check.name.split(",")[0] for check in judge(found) if not check.holds]


def test_nothing_is_wrong_where_nothing_is() -> None:
    assert broken(SOUND) == []


@pytest.mark.parametrize(
    "found",
    [
        replace(SOUND, talks=[]),
        replace(SOUND, talks=[replace(TALK, is_shown=False)]),
        with_report(state="failed"),
        with_report(degraded=True),
    ],
    ids=["gone", "without a report", "failed", "less than whole"],
)
def test_a_lost_talk_is_noticed(found: Evidence) -> None:
    assert broken(found) == ["talks lost"]


def test_what_nobody_was_told_is_stored_may_be_gone() -> None:
    assert broken(replace(SOUND, acknowledged=[], unanswered=1)) == []


@pytest.mark.parametrize("row", ROWS)
def test_a_row_that_is_there_twice_is_noticed(row: str) -> None:
    assert broken(with_report(rows=(*ROWS, row))) == ["rows there twice"]


def test_a_second_run_of_a_talk_is_noticed() -> None:
    second = replace(TALK.reports[0], run_id=uuid.UUID(int=2))
    found = replace(SOUND, talks=[replace(TALK, reports=(*TALK.reports, second))])
    assert broken(found) == ["talks with more than one run"]


def test_a_run_that_never_ended_is_noticed() -> None:
    assert broken(with_report(state="processing")) == ["talks lost", "runs not ended"]


def test_a_quarantine_after_too_few_deaths_is_wrong() -> None:
    condemned = with_report(state="quarantined")
    assert "runs quarantined wrongly" in broken(condemned)
    deaths = [Death(RUN, at, 1, restarted_at=at) for at in (1.0, 2.0, 3.0)]
    assert "runs quarantined wrongly" not in broken(replace(condemned, deaths=deaths))


def test_a_finished_call_that_is_paid_again_is_noticed_in_the_log_of_the_server() -> None:
    again = replace(ANSWER, start=110.0, end=111.0)
    books = replace(SOUND.books, usd=Decimal("0.04"), paid=2)
    found = replace(SOUND, answers=[ANSWER, again], bill=Decimal("0.04"), books=books)
    assert broken(found) == ["finished calls paid again"]


@pytest.mark.parametrize("kind", [Kind.JOB, Kind.DATABASE])
def test_a_call_in_flight_at_a_kill_may_be_paid_again_and_miss_in_the_books(kind: Kind) -> None:
    again, kills = replace(ANSWER, start=110.0, end=111.0), [Kill(JOB.at, kind)]
    found = replace(SOUND, answers=[ANSWER, again], bill=Decimal("0.04"), kills=kills)
    assert broken(found) == []


@pytest.mark.parametrize("kind", [Kind.WORKER, Kind.SCHEDULER, Kind.WEB])
def test_no_other_kill_excuses_it(kind: Kind) -> None:
    again = replace(ANSWER, start=110.0, end=111.0)
    kills = [Kill(JOB.at, kind)]
    found = replace(SOUND, answers=[ANSWER, again], bill=Decimal("0.04"), kills=kills)
    assert "finished calls paid again" in broken(found)


@pytest.mark.parametrize("books", [{"paid_again": 1}, {"heard": (1, 2)}])
def test_a_finished_call_that_is_paid_again_is_noticed_in_the_books(
    books: dict[str, object],
) -> None:
    found = replace(SOUND, books=replace(SOUND.books, **books))  # type: ignore[arg-type]
    assert broken(found) == ["finished calls paid again"]


def test_a_paid_call_that_is_in_no_book_is_noticed() -> None:
    found = replace(SOUND, books=replace(SOUND.books, usd=Decimal(0), paid=0))
    assert broken(found) == ["paid calls missing in the books", "US dollars missing in the books"]


def test_books_that_say_more_than_the_bill_are_noticed() -> None:
    found = replace(SOUND, books=replace(SOUND.books, usd=Decimal("0.03")))
    assert broken(found) == ["US dollars missing in the books"]


def test_a_death_without_a_restart_and_a_slow_one_are_noticed() -> None:
    assert broken(replace(SOUND, deaths=[Death(RUN, 50.0, 1)])) == ["deaths without a restart"]
    slow = replace(SOUND, deaths=[Death(RUN, 50.0, 1, restarted_at=141.0)])
    assert broken(slow) == ["from death to restart", "from death to restart"]


def test_a_server_that_is_missed_for_too_long_is_noticed() -> None:
    assert broken(replace(SOUND, recoveries=[Recovery("Redis killed", 4, 60.0)])) == []
    slow = Recovery("Redis flushed", 4, 60.1)
    (name,) = broken(replace(SOUND, recoveries=[slow]))
    assert name.startswith("Redis flushed")
