from __future__ import annotations

from dataclasses import replace

import pytest

from sessions_app import pipeline, queries
from sessions_app.models import RunState, SessionRun
from sessions_app.stages.outputs import StageName, TextSource
from tests.factories import RunFactory, SessionFactory, UserFactory
from tests.sessions_app.finished import finished_run
from tests.sessions_app.samples import MEDIA, METRICS, RULES, TRANSCRIPTION, stages

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
