from __future__ import annotations

import errno
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from sessions_app import actions, doorbell, handback, pipeline, queries
from sessions_app.limits import talk_limits
from sessions_app.model_access import PARALLEL, access_without_run
from sessions_app.models import PracticeSession, RunStage, RunState, SessionRun, Transcript
from sessions_app.stages.context import Check, RunContext, Talk
from sessions_app.stages.problems import (
    DraftInstead,
    InputProblem,
    ModelAway,
    Problem,
    StageProblem,
)
from tests.bucket_server import BucketServer
from tests.factories import RunFactory
from tests.metrics_app.switches import switch
from tests.sessions_app.samples import (
    MEDIA,
    METRICS,
    REFINEMENT,
    RULES,
    SCORING,
    TRANSCRIPTION,
    stages,
)
from tests.sessions_app.second_reading import DRAFTED, SECOND, STEP, configure

pytestmark = pytest.mark.django_db


TALK = Talk(
    title="In memory",
    language="en",
    kind="presentation",
    target_seconds=None,
    target_wpm=None,
    media_path=None,
    transcript_text="Um, hello there. This is a short talk about nothing in particular.",
    transcript_format="txt",
    speaker="",
)


def fresh(run: SessionRun) -> SessionRun:
    return SessionRun.objects.select_related("session").get(pk=run.pk)


def attempts(run: SessionRun) -> dict[str, int]:
    return dict(RunStage.objects.filter(run=run).values_list("stage", "attempt"))


def test_a_run_passes_its_stages_in_order_and_becomes_the_report() -> None:
    run = RunFactory.create()
    pipeline.execute(run.pk, stages())
    run = fresh(run)
    assert run.state == RunState.COMPLETED
    assert run.session.current_run_id == run.pk
    assert list(run.stages.values_list("stage", flat=True)) == [
        "media",
        "transcription",
        "rules",
        "refinement",
        "scoring",
        "embeddings",
    ]
    assert run.mode == "rule_based"
    assert run.metrics.wpm == METRICS.wpm


def test_the_report_is_there_before_what_was_open_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run, found = RunFactory.create(), []

    @contextmanager
    def prepared(context: RunContext, check: Check) -> Iterator[RunContext]:
        yield context
        found.append(fresh(run).state)

    monkeypatch.setattr(pipeline, "_prepared", prepared)
    pipeline.execute(run.pk, stages())
    assert found == [RunState.COMPLETED]


def test_the_normalised_audio_is_kept_privately_and_handed_on() -> None:
    seen: list[Path | None] = []

    def transcribe(context: RunContext, check: Check) -> Any:
        seen.append(context.audio_path)
        assert context.audio_path is not None
        assert context.audio_path.read_bytes() == b"fLaC"
        assert context.media is not None
        assert default_storage.exists(context.media.audio_name)
        return TRANSCRIPTION

    run = RunFactory.create()
    pipeline.execute(run.pk, stages(transcription=transcribe))
    assert len(seen) == 1
    output = fresh(run).stages.get(stage="media").output
    assert output is not None
    assert output["audio_name"].startswith(f"sessions/{run.session_id}/audio-")


def copied(context: RunContext, check: Check) -> Any:
    """A stage that also wrote a copy of the recording."""
    (context.workdir / "audio.flac").write_bytes(b"fLaC")
    (context.workdir / "copy").write_bytes(b"a copy")
    return MEDIA


def test_a_copy_that_players_find_their_way_in_takes_the_place_of_the_recording(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    run = RunFactory.create()
    run.session.media.save("x", ContentFile(b"as uploaded"))
    before = str(run.session.media.name)
    with django_capture_on_commit_callbacks(execute=True):
        pipeline.execute(run.pk, stages(media=copied))
    media = fresh(run).session.media
    assert str(media.name).startswith(f"sessions/{run.session_id}/recording-")
    assert media.read() == b"a copy"
    assert not default_storage.exists(before)


def test_a_recording_that_plays_well_stays_as_it_is() -> None:
    run = RunFactory.create()
    run.session.media.save("x", ContentFile(b"as uploaded"))
    pipeline.execute(run.pk, stages())
    assert fresh(run).session.media.name == run.session.media.name


def test_an_orphan_leaves_the_recording_alone() -> None:
    run = RunFactory.create()
    run.session.media.save("x", ContentFile(b"as uploaded"))

    def overtaken(context: RunContext, check: Check) -> Any:
        SessionRun.objects.filter(pk=run.pk).update(lease_token=uuid.uuid4())
        return copied(context, check)

    pipeline.execute(run.pk, stages(media=overtaken))
    assert fresh(run).session.media.read() == b"as uploaded"
    assert default_storage.listdir(f"sessions/{run.session_id}")[1] == ["recording"]


def test_what_was_finished_is_not_done_again() -> None:
    def fail(context: RunContext, check: Check) -> NoReturn:
        raise InputProblem(Problem.SILENT)

    run = RunFactory.create()
    pipeline.execute(run.pk, stages(rules=fail))
    assert fresh(run).state == RunState.FAILED

    def forbidden(context: RunContext, check: Check) -> NoReturn:
        pytest.fail("a finished stage ran again")

    def judge(context: RunContext, check: Check) -> Any:
        assert context.media is not None
        assert context.media.duration_ms == MEDIA.duration_ms
        assert context.transcription == TRANSCRIPTION
        assert (context.talk.media_path, context.audio_path) == (None, None)
        return RULES

    assert actions.retry_run(run=fresh(run))
    pipeline.execute(run.pk, stages(media=forbidden, transcription=forbidden, rules=judge))
    assert fresh(run).state == RunState.COMPLETED
    assert attempts(run) == {
        "media": 1,
        "transcription": 1,
        "rules": 2,
        "refinement": 1,
        "scoring": 1,
        "embeddings": 0,
    }


def test_a_later_stage_sees_what_an_earlier_attempt_stored() -> None:
    def fail(context: RunContext, check: Check) -> NoReturn:
        raise InputProblem(Problem.SILENT)

    run = RunFactory.create()
    pipeline.execute(run.pk, stages(scoring=fail))
    seen: list[RunContext] = []

    def score(context: RunContext, check: Check) -> Any:
        seen.append(context)
        return SCORING

    actions.retry_run(run=fresh(run))
    pipeline.execute(run.pk, stages(scoring=score))
    (context,) = seen
    assert context.rules == RULES
    assert context.refinement is not None
    assert context.refinement.coaching.summary == "A calm start."


def test_a_problem_ends_the_run_with_its_code() -> None:
    def fail(context: RunContext, check: Check) -> NoReturn:
        raise InputProblem(Problem.NO_AUDIO, "video only")

    run = RunFactory.create()
    pipeline.execute(run.pk, stages(media=fail))
    run = fresh(run)
    assert (run.state, run.problem) == (RunState.FAILED, "no_audio")
    assert run.problem_detail == "video only"


def test_a_full_disk_fails_the_run_so_that_it_can_be_tried_again() -> None:
    def fill_up(context: RunContext, check: Check) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    run = RunFactory.create()
    pipeline.execute(run.pk, stages(rules=fill_up))
    run = fresh(run)
    assert (run.state, run.problem) == (RunState.FAILED, Problem.STORAGE)
    assert actions.retry_run(run=run)


def test_of_a_bucket_each_attempt_fetches_what_it_reads(bucket: BucketServer) -> None:
    seen: list[tuple[bytes | None, bytes | None]] = []

    def look(context: RunContext) -> None:
        paths = context.talk.media_path, context.audio_path
        seen.append(tuple(path and path.read_bytes() for path in paths))  # type: ignore[arg-type]

    def decode(context: RunContext, check: Check) -> Any:
        look(context)
        return stages()[0].run(context, check)

    def transcribe(context: RunContext, check: Check) -> Any:
        look(context)
        if len(seen) < 3:
            raise MemoryError
        return TRANSCRIPTION

    run = RunFactory.create()
    run.session.media.save("x", ContentFile(b"RIFF"))
    work = stages(media=decode, transcription=transcribe)
    with pytest.raises(MemoryError):
        pipeline.execute(run.pk, work)
    pipeline.execute(run.pk, work)
    assert fresh(run).state == RunState.COMPLETED
    assert seen == [(b"RIFF", None), (b"RIFF", b"fLaC"), (None, b"fLaC")]
    assert len(bucket.names()) == 2


def test_a_bucket_that_is_away_fails_the_run_so_that_it_can_be_tried_again(
    bucket_away: None,
) -> None:
    run = RunFactory.create(session__media="sessions/a/recording")
    pipeline.execute(run.pk, stages())
    run = fresh(run)
    assert (run.state, run.problem) == (RunState.FAILED, Problem.STORAGE)
    assert actions.retry_run(run=run)


def test_a_recording_that_is_gone_fails_what_would_need_it() -> None:
    run = RunFactory.create(session__media_filename="talk.wav")
    pipeline.execute(run.pk, stages())
    run = fresh(run)
    assert (run.state, run.problem) == (RunState.FAILED, Problem.FILE_MISSING)


def test_a_clock_that_gave_up_a_lease_still_held_is_no_death() -> None:
    def lose(context: RunContext, check: Check) -> NoReturn:
        raise actions.LeaseLost("our clock")

    run = RunFactory.create()
    pipeline.execute(run.pk, stages(rules=lose))
    run = fresh(run)
    assert (run.state, run.lease_token, run.deaths) == (RunState.QUEUED, None, 0)


def test_an_unforeseen_error_counts_as_a_death_and_is_raised() -> None:
    def crash(context: RunContext, check: Check) -> NoReturn:
        raise ZeroDivisionError("secret words")

    run = RunFactory.create()
    for deaths in (1, 2, 3):
        with pytest.raises(ZeroDivisionError):
            pipeline.execute(run.pk, stages(rules=crash))
        assert fresh(run).deaths == deaths
    pipeline.execute(run.pk, stages())
    run = fresh(run)
    assert (run.state, run.problem_detail) == (RunState.QUARANTINED, "ZeroDivisionError")


def test_cancel_is_noticed_before_the_first_stage() -> None:
    run = RunFactory.create(cancel_requested=True)
    pipeline.execute(run.pk, stages())
    assert fresh(run).state == RunState.CANCELLED
    assert attempts(run) == {}


def test_handing_back_rings_for_another_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handback, "is_requested", lambda: True)
    run = RunFactory.create()
    pipeline.execute(run.pk, stages())
    run = fresh(run)
    assert (run.state, run.deaths, run.lease_token) == (RunState.QUEUED, 0, None)
    assert doorbell.waiting("default") == {run.pk}


def test_an_orphan_stores_neither_rows_nor_audio() -> None:
    run = RunFactory.create()

    def overtaken(context: RunContext, check: Check) -> Any:
        SessionRun.objects.filter(pk=run.pk).update(lease_token=uuid.uuid4())
        (context.workdir / "audio.flac").write_bytes(b"fLaC")
        return MEDIA

    pipeline.execute(run.pk, stages(media=overtaken))
    assert fresh(run).state == RunState.PROCESSING
    assert fresh(run).stages.get().state == "running"
    assert default_storage.listdir(f"sessions/{run.session_id}")[1] == []


def test_a_talk_deleted_while_it_is_processed_leaves_nothing() -> None:
    run = RunFactory.create()

    def deleted(context: RunContext, check: Check) -> Any:
        PracticeSession.objects.get(pk=run.session_id).delete()
        return TRANSCRIPTION

    pipeline.execute(run.pk, stages(transcription=deleted))
    assert not SessionRun.objects.exists()
    assert not Transcript.objects.exists()


def test_a_run_that_is_over_is_left_alone() -> None:
    run = RunFactory.create(state=RunState.COMPLETED)
    pipeline.execute(run.pk, stages())
    assert attempts(run) == {}
    pipeline.execute(uuid.uuid4(), stages())


def test_history_holds_the_owners_earlier_talks_oldest_first() -> None:
    first = RunFactory.create()
    pipeline.execute(first.pk, stages())
    seen: list[RunContext] = []

    def score(context: RunContext, check: Check) -> Any:
        seen.append(context)
        return SCORING

    second = RunFactory.create(session__owner=first.session.owner)
    pipeline.execute(second.pk, stages(scoring=score))
    stranger = RunFactory.create()
    pipeline.execute(stranger.pk, stages(scoring=score))
    assert [context.history for context in seen] == [(METRICS,), ()]


def test_analyze_runs_the_same_stages_in_memory() -> None:
    report = pipeline.analyze(TALK, talk_limits())
    assert report.mode == "rule_based"
    assert [timing.state for timing in report.timings] == ["skipped", *["done"] * 4]
    assert any(finding.label == "um" for finding in report.findings)
    assert not SessionRun.objects.exists()


def away(context: RunContext, check: Check) -> NoReturn:
    raise ModelAway("unavailable", 7.0)


def test_a_model_that_is_away_is_waited_for_and_the_stage_taken_up_again(
    settings: Settings,
) -> None:
    configure(settings)
    run = RunFactory.create()
    pipeline.execute(run.pk, stages(refinement=away))
    run = fresh(run)
    assert (run.state, run.waiting_reason) == (RunState.WAITING_FOR_MODEL, "unavailable")
    assert (run.problem, run.deaths, run.lease_token) == ("", 0, None)
    pipeline.execute(run.pk, stages())
    assert fresh(run).state == RunState.WAITING_FOR_MODEL
    SessionRun.objects.filter(pk=run.pk).update(next_try_at=timezone.now() - timedelta(seconds=1))
    pipeline.execute(run.pk, stages())
    run = fresh(run)
    assert (run.state, run.waiting_since, run.is_degraded) == (RunState.COMPLETED, None, False)
    assert attempts(run)["refinement"] == 2
    assert attempts(run)["rules"] == 1


def test_a_stage_is_told_when_the_patience_is_over(settings: Settings) -> None:
    configure(settings)
    run = RunFactory.create()
    waits: list[bool] = []

    def look(context: RunContext, check: Check) -> NoReturn:
        assert context.model is not None
        waits.append(context.model.waits)
        raise ModelAway("unavailable")

    pipeline.execute(run.pk, stages(refinement=look))
    past = timezone.now() - timedelta(seconds=settings.MODEL_WAIT_SECONDS + 1)
    SessionRun.objects.filter(pk=run.pk).update(waiting_since=past, next_try_at=past)
    pipeline.execute(run.pk, stages(refinement=look))
    assert waits == [True, False]


def test_the_patience_begins_anew_with_the_stage_after_the_one_that_waited(
    settings: Settings,
) -> None:
    configure(settings)
    run = RunFactory.create()
    waits: list[bool] = []

    def look(context: RunContext, check: Check) -> Any:
        assert context.model is not None
        waits.append(context.model.waits)
        return RULES

    def later(context: RunContext, check: Check) -> NoReturn:
        look(context, check)
        raise ModelAway("unavailable")

    pipeline.execute(run.pk, stages(rules=away))
    past = timezone.now() - timedelta(seconds=settings.MODEL_WAIT_SECONDS + 1)
    SessionRun.objects.filter(pk=run.pk).update(waiting_since=past, next_try_at=past)
    pipeline.execute(run.pk, stages(rules=look, refinement=later))
    assert waits == [False, True]
    assert fresh(run).state == RunState.WAITING_FOR_MODEL


def test_a_flag_turned_while_a_run_waits_changes_the_next_run_only(settings: Settings) -> None:
    configure(settings)
    seen: list[bool] = []

    def look(context: RunContext, check: Check) -> Any:
        assert context.model is not None
        seen.append(context.model.plan.parallel)
        if len(seen) == 1:
            raise ModelAway("unavailable")
        return REFINEMENT

    first = RunFactory.create()
    pipeline.execute(first.pk, stages(refinement=look))
    switch(PARALLEL, False)
    past = timezone.now() - timedelta(seconds=1)
    SessionRun.objects.filter(pk=first.pk).update(next_try_at=past)
    pipeline.execute(first.pk, stages(refinement=look))
    pipeline.execute(RunFactory.create().pk, stages(refinement=look))
    assert seen == [True, True, False]


def test_a_run_taken_up_by_hand_goes_by_the_settings_of_now(settings: Settings) -> None:
    configure(settings)
    settings.AI_MODEL_TRANSCRIPTION = "no-such-model"
    heard: list[str] = []

    def transcribe(context: RunContext, check: Check) -> Any:
        assert context.model is not None
        heard.append(context.model.config.models.transcription)
        if len(heard) == 1:
            raise StageProblem(Problem.TRANSCRIPTION_UNAVAILABLE, "rejected")
        return TRANSCRIPTION

    run = RunFactory.create()
    pipeline.execute(run.pk, stages(transcription=transcribe))
    settings.AI_MODEL_TRANSCRIPTION = "whisper-1"
    assert actions.retry_run(run=fresh(run))
    pipeline.execute(run.pk, stages(transcription=transcribe))
    assert heard == ["no-such-model", "whisper-1"]


def test_what_cannot_be_transcribed_goes_on_as_a_draft(settings: Settings) -> None:
    configure(settings)
    drafts: list[bool] = []

    def transcribe(context: RunContext, check: Check) -> Any:
        drafts.append(context.draft)
        if not context.draft:
            raise DraftInstead(DRAFTED)
        return TRANSCRIPTION

    run = RunFactory.create()
    pipeline.execute(run.pk, stages(transcription=transcribe))
    assert doorbell.waiting("drafts") == {run.pk}
    assert fresh(run).state == RunState.QUEUED
    pipeline.execute(run.pk, stages(transcription=transcribe))
    run = fresh(run)
    assert (run.state, run.is_degraded) == (RunState.COMPLETED, True)
    assert drafts == [False, True]
    assert attempts(run)["media"] == 1
    report = queries.report(run)
    assert report is not None
    assert report.steps_down == (DRAFTED,)


def test_a_draft_that_failed_is_no_reason_not_to_ask_the_server_again(settings: Settings) -> None:
    configure(settings)
    drafts: list[bool] = []

    def transcribe(context: RunContext, check: Check) -> Any:
        drafts.append(context.draft)
        if len(drafts) == 1:
            raise DraftInstead(DRAFTED)
        if context.draft:
            raise InputProblem(Problem.NO_SPEECH)
        return TRANSCRIPTION

    run = RunFactory.create()
    pipeline.execute(run.pk, stages(transcription=transcribe))
    pipeline.execute(run.pk, stages(transcription=transcribe))
    assert actions.retry_run(run=run)
    pipeline.execute(run.pk, stages(transcription=transcribe))
    assert drafts == [False, True, False]
    run = fresh(run)
    assert (run.state, run.queue, run.steps_down) == (RunState.COMPLETED, "default", [])


def test_a_second_reading_reaches_scoring_also_after_a_crash() -> None:
    def crash(context: RunContext, check: Check) -> NoReturn:
        raise ZeroDivisionError

    seen: list[RunContext] = []

    def score(context: RunContext, check: Check) -> Any:
        seen.append(context)
        return SCORING

    run = RunFactory.create()
    refine = {"refinement": lambda context, check: SECOND}
    with pytest.raises(ZeroDivisionError):
        pipeline.execute(run.pk, stages(scoring=crash, **refine))
    pipeline.execute(run.pk, stages(scoring=score))
    assert [context.refinement for context in seen] == [SECOND]


def test_analyze_hands_the_model_on_and_takes_a_draft_in_its_stride(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(settings)
    access = access_without_run()
    seen: list[RunContext] = []

    def transcribe(context: RunContext, check: Check) -> Any:
        seen.append(context)
        if not context.draft:
            raise DraftInstead(DRAFTED)
        return TRANSCRIPTION

    own = stages(transcription=transcribe, refinement=lambda context, check: SECOND)
    monkeypatch.setattr(pipeline, "STAGES", own)
    report = pipeline.analyze(TALK, talk_limits(), access)
    models = [context.model for context in seen]
    assert [replace(model, conversation=None) for model in models if model] == [access, access]
    assert [context.draft for context in seen] == [False, True]
    assert report.steps_down == (DRAFTED, STEP)
    assert report.findings == SECOND.findings
    assert report.review == SECOND.review
