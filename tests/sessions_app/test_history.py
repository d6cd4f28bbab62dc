from __future__ import annotations

from typing import Any

import pytest

from sessions_app import actions, pipeline, queries
from sessions_app.history import history_of
from sessions_app.models import SessionRun
from sessions_app.speech.metrics import Metrics
from tests.factories import RunFactory, UserFactory

pytestmark = pytest.mark.django_db

SAID = "Today, um, we plan the trip and, um, we see the sea before we go home. " * 3
TEXT = f"1\n00:00:00,000 --> 00:00:20,000\n{SAID}\n"
UM = 1


def reported(**fields: Any) -> SessionRun:
    run = RunFactory.create(
        session__transcript_text=TEXT, session__transcript_format="srt", **fields
    )
    pipeline.execute(run.pk)
    return SessionRun.objects.select_related("session__owner").get(pk=run.pk)


def measured(run: SessionRun) -> Metrics:
    report = queries.report(SessionRun.objects.get(pk=run.pk))
    assert report is not None
    assert report.metrics is not None
    return report.metrics


def no_filler(run: SessionRun) -> None:
    owner = run.session.owner
    wish: dict[str, Any] = {"kind": "not_a_filler", "start_word": UM, "end_word": UM + 1}
    actions.correct(session=run.session, author=owner, **wish)


def test_later_talks_are_compared_with_what_earlier_ones_were_corrected_to() -> None:
    owner = UserFactory.create()
    first = reported(session__owner=owner)
    later = reported(session__owner=owner)
    before = measured(first)
    assert history_of(later.session) == (before,)
    no_filler(first)
    (after,) = history_of(later.session)
    assert after == measured(first)
    assert (before.fillers_total, after.fillers_total) == (6, 5)


def test_coaching_on_a_corrected_talk_compares_with_corrected_ones() -> None:
    owner = UserFactory.create()
    first = reported(session__owner=owner)
    later = reported(session__owner=owner)
    no_filler(first)
    no_filler(later)
    report = queries.report(SessionRun.objects.get(pk=later.pk))
    assert report is not None
    assert report.coaching is not None
    (fillers,) = [c for c in report.coaching.comparisons if c.metric == "fillers_per_minute"]
    assert fillers.earlier == measured(first).fillers_per_minute
