from __future__ import annotations

import uuid
from typing import NoReturn

import pytest
from pytest_django import Settings

from ai.errors import ModelError, Refused, Unavailable
from sessions_app import embedding, handback, queries
from sessions_app.models import RunStage, SessionRun
from sessions_app.stages import embeddings
from sessions_app.stages.context import Check, RunContext
from sessions_app.stages.outputs import EmbeddingsOutput, PassageVector
from tests.sessions_app.finished import finished_run
from tests.sessions_app.samples import RULES, TRANSCRIPTION
from tests.sessions_app.second_reading import configure

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(settings: Settings) -> SessionRun:
    configure(settings)
    return finished_run()


def answer(monkeypatch: pytest.MonkeyPatch, *vector: float) -> list[RunContext]:
    """Let the stage give one passage with this vector; returns what it is given."""
    seen: list[RunContext] = []

    def embed(context: RunContext, check: Check) -> EmbeddingsOutput:
        seen.append(context)
        check()
        return EmbeddingsOutput("little", (PassageVector(0, 3, "Um, hello there.", 0, vector),))

    monkeypatch.setattr(embeddings, "run", embed)
    return seen


def fail(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def embed(context: RunContext, check: Check) -> NoReturn:
        raise error

    monkeypatch.setattr(embeddings, "run", embed)


def row(run: SessionRun) -> RunStage:
    return RunStage.objects.get(run=run, stage="embeddings")


def test_passages_are_stored_with_the_moments_they_are_like(
    run: SessionRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, 1.0, 0.0)
    embedding.execute(run.pk)
    later = finished_run(session__owner=run.session.owner)
    answer(monkeypatch, 0.9, 0.1)
    embedding.execute(later.pk)
    (moment,) = queries.similar_moments(later)
    assert moment.earlier.run == run
    assert moment.similarity > 0.9
    assert row(later).state == "done"


def test_the_stage_sees_the_words_and_the_model_and_no_file(
    run: SessionRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = answer(monkeypatch, 1.0)
    embedding.execute(run.pk)
    (context,) = seen
    assert context.transcription == TRANSCRIPTION
    assert context.rules == RULES
    assert context.model is not None
    assert context.talk.media_path is None


def test_doing_it_twice_changes_nothing(run: SessionRun, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = answer(monkeypatch, 1.0)
    embedding.execute(run.pk)
    embedding.execute(run.pk)
    embedding.execute(uuid.uuid4())
    assert len(seen) == 1
    assert run.passages.count() == 1


@pytest.mark.parametrize(
    ("error", "state"), [(Unavailable("away"), "pending"), (Refused("no"), "failed")]
)
def test_a_model_that_is_away_is_asked_again_later(
    run: SessionRun, monkeypatch: pytest.MonkeyPatch, error: ModelError, state: str
) -> None:
    fail(monkeypatch, error)
    embedding.execute(run.pk)
    assert (row(run).state, row(run).attempt) == (state, 1)


def test_a_process_asked_to_stop_leaves_it_to_another(
    run: SessionRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, 1.0)
    monkeypatch.setattr(handback, "is_requested", lambda: True)
    embedding.execute(run.pk)
    assert (row(run).state, row(run).attempt) == ("pending", 0)


def test_the_report_is_not_touched_by_what_fails_here(
    run: SessionRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(monkeypatch, ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        embedding.execute(run.pk)
    run.refresh_from_db()
    assert (run.state, run.is_degraded) == ("completed", False)
