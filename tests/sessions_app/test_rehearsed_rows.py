from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from accounts_app.models import User
from metrics_app.models import Call, KeptAnswer, Run, Spending, StageTiming
from sessions_app import doorbell, models
from sessions_app.rehearsal import WORDS
from sessions_app.rehearsed_rows import write_and_take_back
from sessions_app.stages.context import Talk

pytestmark = pytest.mark.django_db(transaction=True)

WRITTEN: tuple[type[Model], ...] = (
    User,
    models.PracticeSession,
    models.SessionRun,
    models.RunStage,
    models.Transcript,
    models.Finding,
    models.CoachingNote,
    models.RunMetrics,
    Call,
    KeptAnswer,
    Spending,
    Run,
    StageTiming,
)


def a_talk(language: str = "en") -> Talk:
    return Talk(
        title="rehearsal",
        language=language,
        kind="presentation",
        target_seconds=None,
        target_wpm=None,
        media_path=None,
        transcript_text=WORDS.read_text(encoding="utf-8"),
        transcript_format="txt",
        speaker="",
    )


def tables_written_to(queries: CaptureQueriesContext) -> set[str]:
    inserted = (query["sql"] for query in queries if query["sql"].startswith("INSERT"))
    return {sql.partition('INTO "')[2].partition('"')[0] for sql in inserted}


def test_writes_to_every_table_of_a_run_and_leaves_nothing() -> None:
    with CaptureQueriesContext(connection) as queries:
        write_and_take_back(a_talk())
    assert tables_written_to(queries) == {model._meta.db_table for model in WRITTEN}
    assert not any(model._default_manager.exists() for model in WRITTEN)


def test_rings_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[object] = []
    monkeypatch.setattr(doorbell, "ring", lambda *ring: rung.append(ring))
    write_and_take_back(a_talk())
    assert rung == []


def test_leaves_nothing_when_it_breaks_off() -> None:
    with pytest.raises(ObjectDoesNotExist):
        write_and_take_back(replace(a_talk(), transcript_format="vtt", transcript_text=VOICES))
    assert not any(model._default_manager.exists() for model in WRITTEN)


VOICES = "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ann>Hello\n\n00:01.000 --> 00:02.000\n<v Bob>Hi\n"
