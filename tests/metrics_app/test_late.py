from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction

from metrics_app.ended_runs import record_run, resume_run
from metrics_app.late import forget, late_hours, note_if_late
from metrics_app.models import Call, LateRow, Run
from metrics_app.record import DatabaseBooks
from tests.metrics_app.measured import NOON, minutes
from tests.metrics_app.records import a_record, an_end

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("now", "noted"), [(minutes(64), False), (minutes(65), True)])
def test_what_is_recorded_when_its_hour_may_have_been_added_up_is_noted(
    now: timedelta, noted: bool
) -> None:
    with time_machine.travel(NOON + now, tick=False):
        DatabaseBooks().record(a_record(started_at=NOON + minutes(59)))
        record_run(an_end(finished_at=NOON + minutes(59)))
    assert list(late_hours(Call)) == list(late_hours(Run)) == ([NOON] if noted else [])


def test_an_answer_that_is_kept_is_noted_as_well() -> None:
    with time_machine.travel(NOON + minutes(65), tick=False):
        DatabaseBooks().keep("0" * 64, "{}", 1, a_record(started_at=NOON))
    assert list(late_hours(Call)) == [NOON]


def test_an_end_that_is_changed_later_is_noted() -> None:
    end = an_end(finished_at=NOON)
    with time_machine.travel(NOON + minutes(1), tick=False) as time:
        record_run(end)
        assert not LateRow.objects.exists()
        time.shift(timedelta(days=1))
        resume_run(end.run_id)
    assert list(late_hours(Run)) == [NOON]


def test_a_note_is_not_there_without_its_row() -> None:
    with time_machine.travel(NOON + timedelta(days=1), tick=False), transaction.atomic():
        record_run(an_end(finished_at=NOON))
        transaction.set_rollback(True)
    assert not Run.objects.exists()
    assert not LateRow.objects.exists()


def test_only_notes_that_were_read_are_forgotten() -> None:
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        note_if_late(Call, NOON)
        read = late_hours(Call)[NOON]
        note_if_late(Call, NOON + minutes(5))
        note_if_late(Run, NOON)
    forget(read)
    (left,) = late_hours(Call)[NOON]
    assert left not in read
    assert list(late_hours(Run)) == [NOON]
