from __future__ import annotations

import pytest

from sessions_app import actions, pipeline, queries
from sessions_app.models import Correction, SessionRun
from sessions_app.report import Report
from sessions_app.speech.findings import FindingSource, FindingStatus
from tests.factories import RunFactory

pytestmark = pytest.mark.django_db

TEXT = "1\n00:00:00,000 --> 00:00:06,000\nToday, um, I think we should, um, begin with the plan.\n"
UM, OTHER_UM = 1, 6


def reported(**fields: object) -> SessionRun:
    given = {"session__transcript_text": TEXT, "session__transcript_format": "srt"} | fields
    run = RunFactory.create(**given)
    pipeline.execute(run.pk)
    return fresh(run)


def fresh(run: SessionRun) -> SessionRun:
    return SessionRun.objects.select_related("session__owner", "transcript").get(pk=run.pk)


def report_of(run: SessionRun) -> Report:
    report = queries.report(fresh(run))
    assert report is not None
    return report


def not_a_filler(run: SessionRun, at: int) -> Correction:
    return actions.correct(
        session=run.session,
        author=run.session.owner,
        kind="not_a_filler",
        start_word=at,
        end_word=at + 1,
    )


def test_what_is_no_filler_is_not_counted_and_says_who_said_so() -> None:
    run = reported()
    before = report_of(run)
    correction = not_a_filler(run, UM)
    after = report_of(run)
    assert before.metrics is not None
    assert after.metrics is not None
    assert (before.metrics.fillers_total, after.metrics.fillers_total) == (2, 1)
    (found,) = [f for f in after.findings if f.correction == correction.pk]
    assert (found.start_word, found.status) == (UM, FindingStatus.REJECTED)
    assert found.source is FindingSource.USER
