from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
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


def answered(about: UUID | None) -> CallRecord:
    return CallRecord(
        uuid4(), Subject(7, "session", uuid4(), about), "review", "gpt-5.4", "", 1, Outcome.OK,
        datetime.now(UTC),
    )  # fmt: skip


def test_an_answer_about_a_talk_is_kept() -> None:
    TalkBooks().keep("key", "{}", 30, answered(RunFactory.create().session_id))
    assert TalkBooks().find(7, "key") == "{}"
    assert Call.objects.count() == 1


def test_an_answer_about_a_talk_that_is_gone_is_paid_and_not_kept() -> None:
    TalkBooks().keep("key", "{}", 30, answered(uuid4()))
    assert TalkBooks().find(7, "key") is None
    assert Call.objects.count() == 1


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
