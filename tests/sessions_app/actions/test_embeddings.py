from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from sessions_app import actions, codec, doorbell, pipeline, queries
from sessions_app.models import Passage, RunStage, SessionRun, SimilarMoment, StageState
from sessions_app.stages.outputs import EmbeddingsOutput, Match, PassageVector, TextSource
from tests.sessions_app.finished import finished_run
from tests.sessions_app.samples import TRANSCRIPTION, stages
from tests.sessions_app.second_reading import configure

pytestmark = pytest.mark.django_db

OUTPUT = EmbeddingsOutput(
    "little",
    (
        PassageVector(0, 2, "Um, hello", 0, (1.0, 0.5)),
        PassageVector(2, 3, "there.", 950, (0.0, -0.25)),
    ),
)


@pytest.fixture
def run(settings: Settings) -> SessionRun:
    configure(settings)
    return finished_run()


def row(run: SessionRun) -> RunStage:
    return RunStage.objects.get(run=run, stage="embeddings")


def claim(run: SessionRun) -> actions.EmbeddingClaim:
    claim = actions.claim_embedding(run_id=run.pk)
    assert claim is not None
    return claim


def passed(run: SessionRun, **time: int) -> None:
    """Let so much time have passed since the last attempt began."""
    begun = timezone.now() - timedelta(**time)
    RunStage.objects.filter(run=run, stage="embeddings").update(started_at=begun)


def save(run: SessionRun, *matches: Match) -> bool:
    return actions.save_embedding(claim(run), output=OUTPUT, matches=matches)


def test_a_finished_run_leaves_its_words_to_be_embedded(
    settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    configure(settings)
    with django_capture_on_commit_callbacks(execute=True):
        run = finished_run()
    assert (row(run).state, row(run).attempt) == (StageState.PENDING, 0)
    assert doorbell.waiting("low") == {run.pk}
    assert list(queries.due_embeddings()) == [row(run)]


def test_without_a_model_nothing_is_left_to_do() -> None:
    run = finished_run()
    assert row(run).state == StageState.SKIPPED
    assert not queries.due_embeddings()
    assert actions.claim_embedding(run_id=run.pk) is None


def test_drafts_are_not_embedded(settings: Settings) -> None:
    configure(settings)
    draft = codec.load(type(TRANSCRIPTION), {**codec.dump(TRANSCRIPTION), "source": "draft"})
    assert draft.source is TextSource.DRAFT
    run = finished_run(own={"transcription": lambda context, check: draft})
    assert row(run).state == StageState.SKIPPED


def test_one_worker_takes_it(run: SessionRun) -> None:
    claim(run)
    assert actions.claim_embedding(run_id=run.pk) is None
    assert (row(run).state, row(run).attempt) == (StageState.RUNNING, 1)


def test_what_is_stored_can_be_read_again(run: SessionRun) -> None:
    assert save(run)
    assert row(run).state == StageState.DONE
    assert row(run).duration_ms is not None
    first = run.passages.first()
    assert first is not None
    assert (first.start_word, first.end_word, first.text) == (0, 2, "Um, hello")
    assert (first.start_ms, first.model) == (0, "little")
    assert codec.load_vector(first.vector) == (1.0, 0.5)
    assert actions.claim_embedding(run_id=run.pk) is None


def test_moments_like_earlier_ones_are_kept(run: SessionRun) -> None:
    save(run)
    earlier = run.passages.get(start_word=2)
    later = finished_run(session__owner=run.session.owner)
    assert queries.earlier_passages(later, "little") == [
        (passage.pk, vector)
        for passage, vector in zip(run.passages.all(), [(1.0, 0.5), (0.0, -0.25)], strict=True)
    ]
    assert queries.earlier_passages(later, "another") == []
    save(later, Match(0, earlier.pk, 0.9))
    (moment,) = queries.similar_moments(later)
    assert (moment.passage.start_word, moment.earlier, moment.similarity) == (0, earlier, 0.9)
    assert moment.earlier.run.session == run.session


def test_talks_of_others_and_later_ones_are_not_compared(run: SessionRun) -> None:
    later = finished_run(session__owner=run.session.owner)
    stranger = finished_run()
    save(later)
    save(stranger)
    assert queries.earlier_passages(run, "little") == []
    assert [key for key, _ in queries.earlier_passages(stranger, "little")] == []


def talk_like(run: SessionRun) -> SessionRun:
    """A later talk that is like the first passage of this one."""
    save(run)
    passage = run.passages.first()
    assert passage is not None
    later = finished_run(session__owner=run.session.owner)
    save(later, Match(0, passage.pk, 0.9))
    return later


def reported_again(run: SessionRun) -> SessionRun:
    second = actions.start_run(session=run.session, from_stage="scoring")
    pipeline.execute(second.pk, stages())
    return second


def test_later_talks_stay_like_a_talk_that_was_reported_again(run: SessionRun) -> None:
    later = talk_like(run)
    second = reported_again(run)
    assert queries.earlier_passages(later, "little") == []
    assert queries.similar_moments(later).get().earlier.run == run
    assert save(second)
    assert queries.similar_moments(later).get().earlier == second.passages.first()
    assert not run.passages.exists()


def test_words_that_are_not_there_any_more_are_like_nothing(run: SessionRun) -> None:
    later = talk_like(run)
    second = reported_again(run)
    other = EmbeddingsOutput("little", (PassageVector(0, 2, "Good evening", 0, (1.0, 0.5)),))
    assert actions.save_embedding(claim(second), output=other, matches=())
    assert not queries.similar_moments(later).exists()


def test_a_passage_that_was_deleted_meanwhile_is_like_nothing(run: SessionRun) -> None:
    save(run)
    gone = run.passages.first()
    assert gone is not None
    later = finished_run(session__owner=run.session.owner)
    actions.delete_session(session=run.session)
    assert save(later, Match(0, gone.pk, 0.9))
    assert Passage.objects.count() == 2
    assert not SimilarMoment.objects.exists()


def test_a_new_report_takes_the_place_of_the_old_one(run: SessionRun) -> None:
    save(run)
    second = actions.start_run(session=run.session, from_stage="scoring")
    pipeline.execute(second.pk, stages())
    assert save(second)
    assert set(Passage.objects.values_list("run", flat=True)) == {second.pk}


def test_vectors_of_a_report_that_was_replaced_are_not_stored(run: SessionRun) -> None:
    mine = claim(run)
    second = actions.start_run(session=run.session, from_stage="scoring")
    pipeline.execute(second.pk, stages())
    assert not actions.save_embedding(mine, output=OUTPUT, matches=())
    assert not Passage.objects.exists()
    assert row(run).state == StageState.SKIPPED


def test_a_report_that_was_replaced_is_not_embedded_any_more(run: SessionRun) -> None:
    second = actions.start_run(session=run.session, from_stage="scoring")
    pipeline.execute(second.pk, stages())
    assert row(run).state == StageState.SKIPPED
    assert [due.run_id for due in queries.due_embeddings()] == [second.pk]


def test_a_talk_deleted_meanwhile_stores_nothing(run: SessionRun) -> None:
    mine = claim(run)
    actions.delete_session(session=run.session)
    assert not actions.save_embedding(mine, output=OUTPUT, matches=())
    assert not Passage.objects.exists()


def test_failures_are_tried_again_after_growing_pauses_and_then_no_more(run: SessionRun) -> None:
    for attempt, minutes in enumerate((1, 4, 16, 64), start=1):
        mine = claim(run)
        assert mine.attempt == attempt
        actions.give_up_embedding(mine, for_good=False)
        assert row(run).state == StageState.PENDING
        passed(run, minutes=minutes, seconds=-20)
        assert actions.claim_embedding(run_id=run.pk) is None
        assert not queries.due_embeddings()
        passed(run, minutes=minutes, seconds=1)
    actions.give_up_embedding(claim(run), for_good=False)
    assert row(run).state == StageState.FAILED
    assert row(run).finished_at is not None
    passed(run, days=1)
    assert actions.claim_embedding(run_id=run.pk) is None


def test_what_would_fail_again_is_not_tried_again(run: SessionRun) -> None:
    actions.give_up_embedding(claim(run), for_good=True)
    assert row(run).state == StageState.FAILED


def test_work_left_behind_is_taken_over_and_the_orphan_writes_nothing(run: SessionRun) -> None:
    orphan = claim(run)
    passed(run, minutes=9)
    assert actions.claim_embedding(run_id=run.pk) is None
    passed(run, minutes=11)
    assert [due.run_id for due in queries.due_embeddings()] == [run.pk]
    mine = claim(run)
    assert not actions.save_embedding(orphan, output=OUTPUT, matches=())
    actions.give_up_embedding(orphan, for_good=True)
    assert row(run).state == StageState.RUNNING
    assert actions.save_embedding(mine, output=OUTPUT, matches=())


def test_work_whose_workers_always_die_fails_in_the_end(run: SessionRun) -> None:
    for _ in range(5):
        claim(run)
        passed(run, minutes=11)
    assert actions.claim_embedding(run_id=run.pk) is None
    assert row(run).state == StageState.FAILED


def test_work_handed_back_does_not_count(run: SessionRun) -> None:
    actions.release_embedding(claim(run))
    assert (row(run).state, row(run).attempt) == (StageState.PENDING, 0)
    claim(run)


def test_nothing_to_embed_is_no_failure(run: SessionRun) -> None:
    actions.save_embedding(claim(run), output=None, matches=())
    assert row(run).state == StageState.SKIPPED
