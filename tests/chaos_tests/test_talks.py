from __future__ import annotations

import pytest

from sessions_app import pipeline
from sessions_app.models import Finding, SessionRun, Transcript
from tests.chaos import talks
from tests.chaos.talks import Talk
from tests.factories import RunFactory
from tests.sessions_app.samples import stages

pytestmark = pytest.mark.django_db


@pytest.fixture
def run() -> SessionRun:
    run = RunFactory.create()
    pipeline.execute(run.pk, stages())
    return run


def only_talk() -> Talk:
    (talk,) = talks.read()
    return talk


def test_a_finished_talk_has_its_parts_once(run: SessionRun) -> None:
    talk = only_talk()
    assert (talk.title, talk.is_shown) == (run.session.title, True)
    (report,) = talk.reports
    assert (report.state, report.degraded, report.doubles) == ("completed", False, 0)
    assert {"media", "scoring", "words", "metrics", "coaching", "end"} < set(report.rows)


def test_findings_and_words_that_are_there_twice_are_seen(run: SessionRun) -> None:
    for row in (Finding.objects.filter(run=run)[0], Transcript.objects.get()):
        row.pk, row._state.adding = None, True
        row.save()
    assert only_talk().reports[0].doubles == 2


def test_a_talk_nobody_works_on_yet_has_nothing() -> None:
    RunFactory.create()
    talk = only_talk()
    assert not talk.is_shown
    assert talk.reports[0].rows == ()
