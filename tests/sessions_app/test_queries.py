from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from sessions_app import actions, pipeline, queries
from sessions_app.models import PracticeSession, RunState, SessionRun
from sessions_app.stages.outputs import Caveat, RefinementOutput, StageName, TextSource
from tests.factories import RunFactory, SessionFactory, UserFactory
from tests.sessions_app.finished import finished_run
from tests.sessions_app.samples import MEDIA, METRICS, RULES, SCORING, TRANSCRIPTION, stages
from tests.sessions_app.second_reading import SECOND, STEP, configure

pytestmark = pytest.mark.django_db


def completed_run() -> SessionRun:
    run = RunFactory.create()
    pipeline.execute(run.pk, stages())
    return SessionRun.objects.get(pk=run.pk)


def test_a_report_is_what_the_stages_handed_on() -> None:
    report = queries.report(completed_run())
    assert report is not None
    assert report.words == TRANSCRIPTION.words
    assert report.findings == RULES.findings
    assert report.sentences == RULES.sentences
    assert report.metrics == METRICS
    assert report.coaching is not None
    assert report.media is not None
    assert report.media.loudness_dbfs == MEDIA.loudness_dbfs
    assert [*report.caveats] == ["truncated", "noisy"]
    assert not report.provisional
    assert [timing.stage for timing in report.timings] == list(StageName)


def test_there_is_no_report_before_there_are_words() -> None:
    assert queries.report(RunFactory.create()) is None


def test_a_report_of_a_live_run_is_provisional() -> None:
    run = completed_run()
    run.state = RunState.PROCESSING
    report = queries.report(run)
    assert report is not None
    assert report.provisional


def test_bytes_are_counted_per_owner() -> None:
    owner = UserFactory.create()
    assert queries.media_bytes_of(owner) == 0
    SessionFactory.create(owner=owner, media_bytes=5)
    SessionFactory.create(owner=owner, media_bytes=7)
    SessionFactory.create(media_bytes=100)
    assert queries.media_bytes_of(owner) == 12


def test_a_list_of_talks_takes_one_query(django_assert_num_queries: object) -> None:
    owner = UserFactory.create()
    for _ in range(3):
        RunFactory.create(session__owner=owner)
    RunFactory.create()
    with django_assert_num_queries(1):  # type: ignore[operator]
        talks = list(queries.sessions_of(owner))
        assert [talk.latest_run.state for talk in talks if talk.latest_run] == ["queued"] * 3
        assert [talk.current_run for talk in talks] == [None] * 3


def test_a_talk_is_compared_with_earlier_ones_of_its_owner_and_language_heard_exactly() -> None:
    owner = UserFactory.create()
    first = finished_run(session__owner=owner).session
    finished_run()
    finished_run(session__owner=owner, session__language="de")
    draft = replace(TRANSCRIPTION, source=TextSource.DRAFT)
    finished_run(session__owner=owner, own={"transcription": lambda context, check: draft})
    RunFactory.create(session__owner=owner)
    last = finished_run(session__owner=owner).session
    assert list(queries.earlier_talks(last)) == [first]


def test_a_report_has_the_second_reading_once_there_was_one() -> None:
    report = queries.report(refined(SECOND))
    assert report is not None
    assert report.findings == SECOND.findings
    assert (report.review, report.agreement) == (SECOND.review, SECOND.agreement)
    assert (report.regenerated, report.windows) == (True, SECOND.windows)
    assert report.steps_down == (STEP,)
    assert [*report.caveats] == ["truncated", "noisy", "review_missing"]


def refined(output: RefinementOutput, **fields: Any) -> SessionRun:
    return finished_run(own={"refinement": lambda context, check: output}, **fields)


def drafted(**fields: Any) -> PracticeSession:
    draft = replace(TRANSCRIPTION, source=TextSource.DRAFT)
    run = finished_run(own={"transcription": lambda context, check: draft}, **fields)
    return run.session


def test_a_draft_can_be_tried_again_once_a_server_can_write_it_down(settings: Settings) -> None:
    session = drafted(session__media="sessions/x/recording")
    assert queries.try_again_from(session) is None
    configure(settings)
    assert queries.try_again_from(session) is StageName.TRANSCRIPTION
    settings.AI_MODEL_TRANSCRIPTION = ""
    assert queries.try_again_from(session) is None


def test_a_draft_whose_recording_is_gone_stays_one(settings: Settings) -> None:
    session = drafted()
    configure(settings)
    assert queries.try_again_from(session) is None


def test_a_report_by_rules_can_be_read_by_a_model_that_is_there_now(settings: Settings) -> None:
    session = long_talk().session
    assert queries.try_again_from(session) is None
    configure(settings)
    assert queries.try_again_from(session) is StageName.REFINEMENT
    actions.start_run(session=session)
    session.refresh_from_db()
    assert queries.try_again_from(session) is None


def test_a_model_for_recordings_alone_does_not_read(settings: Settings) -> None:
    settings.TRANSCRIPTION_BASE_URL = "http://audio.invalid/v1"
    assert queries.try_again_from(long_talk().session) is None


def test_a_talk_too_short_to_be_read_is_not_tried_again(settings: Settings) -> None:
    configure(settings)
    assert queries.try_again_from(finished_run().session) is None


def long_talk() -> SessionRun:
    metrics = replace(METRICS, word_count=300, speaking_ms=120_000)
    return finished_run(own={"scoring": lambda context, check: replace(SCORING, metrics=metrics)})


def test_what_was_read_in_full_needs_no_other_try(settings: Settings) -> None:
    configure(settings)
    whole = replace(SECOND, caveats=())  # read one rung lower, and yet in full
    assert whole.steps_down
    assert queries.try_again_from(refined(whole).session) is None


@pytest.mark.parametrize("missing", [Caveat.REVIEW_MISSING, Caveat.WINDOWS_MISSING])
def test_a_reading_with_parts_missing_can_be_tried_again(
    settings: Settings, missing: Caveat
) -> None:
    configure(settings)
    session = refined(replace(SECOND, caveats=(missing,))).session
    assert queries.try_again_from(session) is StageName.REFINEMENT


def test_a_review_that_was_switched_off_is_no_reason_to_try_again(settings: Settings) -> None:
    configure(settings)
    whole = refined(replace(SECOND, review=None, steps_down=(), caveats=(Caveat.REVIEW_OFF,)))
    assert not whole.is_degraded
    assert queries.try_again_from(whole.session) is None
    report = queries.report(whole)
    assert report is not None
    assert report.scores is not None
    assert report.scores.structure is None
    assert Caveat.REVIEW_OFF in report.caveats


def test_a_talk_without_a_report_has_nothing_to_try_again(settings: Settings) -> None:
    configure(settings)
    assert queries.try_again_from(SessionFactory.create()) is None


def test_stages_know_what_the_speaker_set_out_to_practise(tmp_path: Path) -> None:
    run = RunFactory.create(session__prompt="Sell it", queue="drafts")
    context = queries.run_context(run, tmp_path)
    assert (context.talk.prompt, context.draft, context.model) == ("Sell it", True, None)
