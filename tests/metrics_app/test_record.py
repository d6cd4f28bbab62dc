from __future__ import annotations

import logging
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, Error, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ai.errors import Outcome
from ai.ledger import Books
from metrics_app.models import EVERYBODY, NOBODY, Call, CorrectionEvent, KeptAnswer, Spending
from metrics_app.record import DatabaseBooks, purge_answers
from tests.metrics_app.records import OWNER, SUBJECT, a_correction, a_record

pytestmark = pytest.mark.django_db

KEY = "0" * 64
OTHER = OWNER + 1


@pytest.fixture
def books() -> Books:
    return DatabaseBooks()


def spent(owner_id: int) -> Decimal:
    return sum((row.usd for row in Spending.objects.filter(owner_id=owner_id)), Decimal(0))


def could_hit() -> list[bool]:
    """Of all calls in the order they were written."""
    return list(Call.objects.order_by("pk").values_list("could_hit", flat=True))


def reserve(
    books: Books,
    usd: str,
    *,
    owner_id: int | None = OWNER,
    owner_cap: str | None = None,
    cap: str | None = None,
) -> bool:
    return books.reserve(
        owner_id,
        Decimal(usd),
        owner_cap=Decimal(owner_cap) if owner_cap else None,
        cap=Decimal(cap) if cap else None,
    )


class TestRecords:
    def test_hold_all_that_is_known_of_a_call(self, books: Books) -> None:
        record = a_record(outcome=Outcome.TRUNCATED, detail="at 50 tokens", audio_ms=3)
        books.record(record)
        call = Call.objects.get()
        assert (call.run_kind, call.run_id) == (SUBJECT.run_kind, SUBJECT.run_id)
        assert call.owner_id == OWNER
        assert call.outcome == "truncated"
        for name in ("record_id", "purpose", "model", "prompt_version", "attempt", "started_at"):
            assert getattr(call, name) == getattr(record, name)
        for name in ("detail", "audio_ms", "cost_usd", "latency_ms", "cache_hit", "tokens_in"):
            assert getattr(call, name) == getattr(record, name)

    def test_keep_unknown_figures_unknown(self, books: Books) -> None:
        books.record(a_record(tokens_in=None, cost_usd=None))
        call = Call.objects.get()
        assert call.tokens_in is None
        assert call.cost_usd is None

    def test_of_one_call_are_written_once(self, books: Books) -> None:
        record = a_record()
        books.record(record)
        books.record(record)
        books.keep(KEY, "{}", 1, record)
        assert Call.objects.count() == 1

    def test_are_cut_where_others_worded_them(self, books: Books) -> None:
        books.record(a_record(detail="no\0" + "!" * 300, model="m" * 300))
        call = Call.objects.get()
        assert call.detail == "no" + "!" * 198
        assert call.model == "m" * 100

    def test_that_cannot_be_written_are_logged_and_the_work_goes_on(
        self, books: Books, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.ERROR):
            books.record(a_record(attempt=-1))
        assert "was not recorded" in caplog.text
        books.record(a_record())
        assert Call.objects.count() == 1


class TestKeptAnswers:
    def test_are_found_by_their_owner_alone(self, books: Books) -> None:
        books.keep(KEY, '{"a": 1}', 1, a_record())
        assert books.find(OWNER, KEY) == '{"a": 1}'
        assert books.find(OTHER, KEY) is None
        assert books.find(None, KEY) is None

    def test_of_the_command_line_are_nobodys(self, books: Books) -> None:
        books.keep(KEY, "{}", 1, a_record(replace(SUBJECT, owner_id=None)))
        assert KeptAnswer.objects.get().owner_id == NOBODY
        assert books.find(None, KEY) == "{}"
        assert books.find(OWNER, KEY) is None

    def test_give_way_to_a_newer_one(self, books: Books) -> None:
        about = uuid.uuid4()
        books.keep(KEY, "old", 1, a_record())
        books.keep(KEY, "new", 9, a_record(replace(SUBJECT, about=about)))
        kept = KeptAnswer.objects.get()
        assert (kept.answer, kept.about) == ("new", about)
        assert kept.expires_at > datetime.now(UTC) + timedelta(days=8)
        assert Call.objects.count() == 2

    def test_are_neither_found_nor_left_when_their_time_is_over(self, books: Books) -> None:
        with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False) as time:
            books.keep(KEY, "{}", 30, a_record())
            books.keep("1" * 64, "{}", 31, a_record())
            time.shift(timedelta(days=30))
            assert books.find(OWNER, KEY) is None
            assert books.find(OWNER, "1" * 64) == "{}"
            assert purge_answers() == 1
        assert KeptAnswer.objects.get().key == "1" * 64

    def test_are_not_kept_for_no_days(self, books: Books) -> None:
        books.keep(KEY, "{}", 0, a_record())
        assert not KeptAnswer.objects.exists()
        assert Call.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_are_not_without_their_record(self, books: Books) -> None:
        with pytest.raises(Error):
            books.keep(KEY, "{}", 1, a_record(attempt=-1))
        assert not KeptAnswer.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_are_not_missing_beside_their_record(
        self, books: Books, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def break_down(*args: object, **kwargs: object) -> None:
            raise DatabaseError("between the two")

        monkeypatch.setattr(KeptAnswer.objects, "bulk_create", break_down)
        with pytest.raises(DatabaseError, match="between"):
            books.keep(KEY, "{}", 1, a_record())
        assert not Call.objects.exists()


class TestWhatCouldHit:
    def test_is_every_answer_that_was_used_again(self, books: Books) -> None:
        books.record(a_record(cache_hit=True))
        books.record(a_record(outcome=Outcome.TIMEOUT))
        assert could_hit() == [True, False]

    def test_is_what_was_paid_although_it_was_kept(self, books: Books) -> None:
        books.keep(KEY, "{}", 1, a_record())
        books.keep(KEY, "{}", 1, a_record())
        books.keep(KEY, "{}", 0, a_record())  # as where answers are not kept any more
        assert could_hit() == [False, True, True]

    def test_is_not_what_another_person_or_nobody_has(self, books: Books) -> None:
        for owner_id in (OWNER, OTHER, None):
            books.keep(KEY, "{}", 1, a_record(replace(SUBJECT, owner_id=owner_id)))
        assert could_hit() == [False, False, False]

    def test_is_not_what_was_kept_too_long_ago(self, books: Books) -> None:
        with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False) as time:
            books.keep(KEY, "{}", 1, a_record())
            time.shift(timedelta(days=1))
            books.keep(KEY, "{}", 1, a_record())
        assert could_hit() == [False, False]

    def test_stays_as_it_was_written_first(self, books: Books) -> None:
        record = a_record()
        books.keep(KEY, "{}", 1, record)
        books.keep(KEY, "{}", 1, record)
        assert could_hit() == [False]


class TestSpending:
    def test_is_counted_for_the_owner_and_for_all(self, books: Books) -> None:
        assert reserve(books, "0.5")
        assert reserve(books, "0.25", owner_id=OTHER)
        assert (spent(OWNER), spent(OTHER)) == (Decimal("0.5"), Decimal("0.25"))
        assert spent(EVERYBODY) == Decimal("0.75")

    def test_may_reach_a_cap_but_not_pass_it(self, books: Books) -> None:
        assert reserve(books, "0.1", owner_cap="0.3")
        assert reserve(books, "0.2", owner_cap="0.3")  # in binary fractions this is above 0.3
        assert not reserve(books, "0.00000001", owner_cap="0.3")
        assert reserve(books, "0.3", owner_cap="0.6")

    @pytest.mark.parametrize(("owner_cap", "cap"), [("1", None), (None, "1"), ("1", "2")])
    def test_that_would_pass_one_cap_is_counted_nowhere(
        self, books: Books, owner_cap: str | None, cap: str | None
    ) -> None:
        assert reserve(books, "0.9", owner_cap=owner_cap, cap=cap)
        assert not reserve(books, "0.2", owner_cap=owner_cap, cap=cap)
        assert (spent(OWNER), spent(EVERYBODY)) == (Decimal("0.9"), Decimal("0.9"))

    def test_of_others_counts_against_the_cap_for_all(self, books: Books) -> None:
        assert reserve(books, "0.9", cap="1", owner_cap="1")
        assert not reserve(books, "0.2", owner_id=OTHER, cap="1", owner_cap="1")
        assert not reserve(books, "0.2", owner_id=None, cap="1", owner_cap=None)

    def test_of_nobody_counts_for_all_once(self, books: Books) -> None:
        assert reserve(books, "0.5", owner_id=None)
        assert spent(EVERYBODY) == Decimal("0.5")
        books.settle(None, reserved=Decimal("0.5"), spent=Decimal("0.1"))
        assert spent(EVERYBODY) == Decimal("0.1")

    def test_takes_the_place_of_what_was_set_aside(self, books: Books) -> None:
        assert reserve(books, "0.5", owner_cap="0.5")
        books.settle(OWNER, reserved=Decimal("0.5"), spent=Decimal("0.1"))
        assert (spent(OWNER), spent(EVERYBODY)) == (Decimal("0.1"), Decimal("0.1"))
        assert reserve(books, "0.4", owner_cap="0.5")

    def test_counts_although_nothing_was_set_aside(self, books: Books) -> None:
        books.settle(OWNER, reserved=Decimal(0), spent=Decimal("0.1"))
        assert (spent(OWNER), spent(EVERYBODY)) == (Decimal("0.1"), Decimal("0.1"))

    @pytest.mark.django_db(transaction=True)
    def test_that_cannot_be_settled_stays_reserved_everywhere_and_the_work_goes_on(
        self, books: Books, caplog: pytest.LogCaptureFixture
    ) -> None:
        assert reserve(books, "0.5")

        def break_down(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if sql.startswith("UPDATE") and OWNER in params:
                raise DatabaseError("between the two")
            return execute(sql, params, many, context)

        with caplog.at_level(logging.ERROR), connection.execute_wrapper(break_down):
            books.settle(OWNER, reserved=Decimal("0.5"), spent=Decimal("0.1"))
        assert "was not settled" in caplog.text
        assert (spent(OWNER), spent(EVERYBODY)) == (Decimal("0.5"), Decimal("0.5"))

    def test_begins_anew_each_day(self) -> None:
        with time_machine.travel(datetime(2026, 1, 1, 23, 59, tzinfo=UTC), tick=False) as time:
            evening = DatabaseBooks()
            assert reserve(evening, "1", owner_cap="1")
            time.shift(timedelta(minutes=2))
            assert reserve(DatabaseBooks(), "1", owner_cap="1")
            evening.settle(OWNER, reserved=Decimal(1), spent=Decimal("0.3"))
        days = Spending.objects.filter(owner_id=OWNER).order_by("day")
        assert [row.usd for row in days] == [Decimal("0.3"), Decimal(1)]


class TestOpening:
    @pytest.mark.django_db(transaction=True)
    def test_connects_ahead_of_the_first_entry(self) -> None:
        connection.close()
        DatabaseBooks().open()
        assert connection.connection is not None

    def test_a_database_that_is_away_is_no_failure_yet(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse() -> None:
            raise DatabaseError("away")

        monkeypatch.setattr(connection, "ensure_connection", refuse)
        DatabaseBooks().open()


class TestCorrections:
    @pytest.mark.django_db(transaction=True)
    def test_that_cannot_be_counted_are_logged_and_the_work_goes_on(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.ERROR), transaction.atomic():
            a_correction(language=None)
            a_correction()
        assert "was not counted" in caplog.text
        assert CorrectionEvent.objects.count() == 1


class TestAnyOrderOfSpending(TestCase):
    @given(
        steps=st.lists(
            st.tuples(
                st.sampled_from([None, 1, 2]),
                st.decimals("0.00000001", "0.4", places=8),
                st.none() | st.decimals("0", "0.5", places=8),
            ),
            max_size=25,
        )
    )
    def test_gives_exact_sums_within_the_caps(
        self, steps: list[tuple[int | None, Decimal, Decimal | None]]
    ) -> None:
        """A step reserves, and settles at once what it has a figure for."""
        books = DatabaseBooks()
        owner_cap, cap = Decimal("0.7"), Decimal(1)
        sums = {None: Decimal(0), 1: Decimal(0), 2: Decimal(0)}
        for owner_id, usd, settled in steps:
            fits = sum(sums.values()) + usd <= cap and (
                owner_id is None or sums[owner_id] + usd <= owner_cap
            )
            assert books.reserve(owner_id, usd, owner_cap=owner_cap, cap=cap) == fits
            if fits:
                sums[owner_id] += usd
            if fits and settled is not None:
                books.settle(owner_id, reserved=usd, spent=settled)
                sums[owner_id] += settled - usd
        assert spent(EVERYBODY) == sum(sums.values())
        assert (spent(1), spent(2)) == (sums[1], sums[2])
