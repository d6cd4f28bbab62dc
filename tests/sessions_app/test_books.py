from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from pytest_django import Settings

from ai.errors import Outcome
from ai.ledger import CallRecord, Subject
from metrics_app.models import Call, KeptAnswer
from sessions_app import actions, embedding, pipeline
from sessions_app.books import TalkBooks
from sessions_app.models import PracticeSession
from tests.acceptance.talks import AGREEING
from tests.factories import RunFactory
from tests.simulator import Simulator

pytestmark = pytest.mark.django_db(transaction=True)


def answered(about: UUID | None, outcome: Outcome = Outcome.OK) -> CallRecord:
    return CallRecord(
        uuid4(), Subject(7, "session", uuid4(), about), "review", "gpt-5.4", "", 1, outcome,
        datetime.now(UTC),
    )  # fmt: skip


def named() -> list[tuple[UUID | None, int | None]]:
    """The runs and the owners that calls are recorded of."""
    return list(Call.objects.values_list("run_id", "owner_id"))


def test_an_answer_about_a_talk_is_kept() -> None:
    TalkBooks().keep("key", "{}", 30, answered(RunFactory.create().session_id))
    assert TalkBooks().find(7, "key") == "{}"
    assert Call.objects.count() == 1


def test_an_answer_about_a_talk_that_is_gone_is_paid_and_not_kept() -> None:
    TalkBooks().keep("key", "{}", 30, answered(uuid4()))
    assert TalkBooks().find(7, "key") is None
    assert named() == [(None, 7)]


def test_a_call_that_ends_after_its_talk_has_gone_names_no_run() -> None:
    TalkBooks().record(answered(uuid4(), Outcome.TIMEOUT))
    assert named() == [(None, 7)]


def test_a_call_about_a_talk_names_its_run() -> None:
    call = answered(RunFactory.create().session_id, Outcome.TIMEOUT)
    TalkBooks().record(call)
    assert named() == [(call.subject.run_id, 7)]


def test_a_record_that_cannot_be_written_is_logged_and_the_work_goes_on(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PracticeSession._meta, "db_table", "away")
    TalkBooks().record(answered(uuid4(), Outcome.TIMEOUT))
    assert "was not recorded" in caplog.text


def test_no_call_keeps_a_run_that_is_deleted_while_calls_come_in() -> None:
    for _round in range(5):
        run = RunFactory.create()
        subject = Subject(7, "session", run.pk, run.session_id)
        calls = [replace(answered(None, Outcome.TIMEOUT), subject=subject) for _ in range(20)]
        start = Barrier(2)

        def record(calls: list[CallRecord] = calls, start: Barrier = start) -> None:
            books = TalkBooks()
            try:
                start.wait(20)
                for call in calls:
                    books.record(call)
            finally:
                books.close()

        with ThreadPoolExecutor(1) as pool:
            recorded = pool.submit(record)
            start.wait(20)
            actions.delete_session(session=run.session)
            recorded.result(60)
    assert Call.objects.count() == 100
    assert {run_id for run_id, _owner in named()} == {None}


@pytest.fixture
def deleted_meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[UUID], None]:
    """The owner deletes a talk while an answer about it is on its way."""

    def order(session_id: UUID) -> None:
        keep = TalkBooks.keep

        def late(self: TalkBooks, key: str, answer: str, days: int, call: CallRecord) -> None:
            for session in PracticeSession.objects.filter(pk=session_id):
                actions.delete_session(session=session)
            keep(self, key, answer, days, call)

        monkeypatch.setattr(TalkBooks, "keep", late)

    return order


def test_nothing_is_kept_of_a_talk_deleted_while_it_is_read(
    settings: Settings, simulator: Simulator, deleted_meanwhile: Callable[[UUID], None]
) -> None:
    settings.OPENAI_BASE_URL = simulator.url
    run = RunFactory.create(session__transcript_text=AGREEING, session__transcript_format="txt")
    deleted_meanwhile(run.session_id)
    pipeline.execute(run.pk)
    assert not PracticeSession.objects.exists()
    assert not KeptAnswer.objects.exists()


def test_nothing_is_kept_of_a_talk_deleted_while_it_is_embedded(
    settings: Settings, simulator: Simulator, deleted_meanwhile: Callable[[UUID], None]
) -> None:
    settings.OPENAI_BASE_URL = simulator.url
    run = RunFactory.create(session__transcript_text=AGREEING, session__transcript_format="txt")
    pipeline.execute(run.pk)
    deleted_meanwhile(run.session_id)
    embedding.execute(run.pk)
    assert not PracticeSession.objects.exists()
    assert not KeptAnswer.objects.exists()
