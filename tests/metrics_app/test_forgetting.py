from __future__ import annotations

import uuid
from dataclasses import replace
from decimal import Decimal

import pytest

from metrics_app.models import EVERYBODY, Call, CorrectionEvent, KeptAnswer, Run, Spending
from metrics_app.record import (
    DatabaseBooks,
    forget_about,
    forget_owner,
    forget_runs,
    record_run,
)
from tests.metrics_app.records import OWNER, SUBJECT, a_correction, a_record, an_end

pytestmark = pytest.mark.django_db

KEY = "0" * 64
OTHER = OWNER + 1


def test_a_talk_takes_its_answers() -> None:
    books = DatabaseBooks()
    books.keep(KEY, "{}", 1, a_record())
    books.keep("1" * 64, "{}", 1, a_record(replace(SUBJECT, about=uuid.uuid4())))
    assert SUBJECT.about is not None
    forget_about(SUBJECT.about)
    assert KeptAnswer.objects.get().key == "1" * 64


def test_runs_leave_their_calls_for_the_sums() -> None:
    books = DatabaseBooks()
    books.record(a_record())
    books.record(a_record(replace(SUBJECT, run_id=uuid.uuid4())))
    assert SUBJECT.run_id is not None
    forget_runs([SUBJECT.run_id])
    assert Call.objects.filter(run_id=None).count() == 1
    assert Call.objects.count() == 2


def test_runs_leave_their_figures_and_nobodys_name() -> None:
    gone, kept = an_end(), an_end()
    for end in (gone, kept):
        record_run(end)
    forget_runs([gone.run_id])
    nameless = Run.objects.get(run_id=None)
    assert (nameless.owner_id, nameless.total_ms) == (None, gone.total_ms)
    assert nameless.stages.count() == len(gone.stages)
    assert Run.objects.get(run_id=kept.run_id).owner_id == OWNER


def test_a_person_leaves_no_trace_of_them() -> None:
    books = DatabaseBooks()
    for owner_id in (OWNER, OTHER):
        books.keep(KEY, "{}", 1, a_record(replace(SUBJECT, owner_id=owner_id)))
        assert books.reserve(owner_id, Decimal("0.5"), owner_cap=None, cap=None)
    theirs = an_end(owner_id=OTHER)
    for end in (an_end(owner_id=OWNER), theirs):
        record_run(end)
    forget_owner(OWNER)
    assert [kept.owner_id for kept in KeptAnswer.objects.all()] == [OTHER]
    assert set(Call.objects.values_list("owner_id", "run_id")) == {
        (None, None),
        (OTHER, SUBJECT.run_id),
    }
    assert set(Run.objects.values_list("owner_id", "run_id")) == {
        (None, None),
        (OTHER, theirs.run_id),
    }
    spent = dict(Spending.objects.values_list("owner_id", "usd"))
    assert spent == {EVERYBODY: Decimal(1), OTHER: Decimal("0.5")}


def test_corrections_stay_for_the_sums_and_say_nothing_of_anybody() -> None:
    mine, other = uuid.uuid4(), uuid.uuid4()
    for run_id, owner_id in ((mine, OWNER), (other, OTHER)):
        a_correction(run_id=run_id, owner_id=owner_id)
    forget_runs([other])
    forget_owner(OWNER)
    assert set(CorrectionEvent.objects.values_list("owner_id", "run_id")) == {
        (None, None),
        (OTHER, None),
    }
