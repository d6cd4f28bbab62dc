"""No page asks the database more the more talks there are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts_app.models import User
from sessions_app import codec
from sessions_app.models import PracticeSession, RunMetrics, RunState, SessionRun
from tests.factories import UserFactory
from tests.gallery import entrance, for_staff, gallery
from tests.sessions_app.samples import SCORING

pytestmark = pytest.mark.django_db

TALKS = 1_000
MOST_QUERIES = 12


def many_talks(owner: User) -> None:
    """Finished ones, as lists and trends read them."""
    talks = PracticeSession.objects.bulk_create(
        PracticeSession(owner=owner, title=f"Talk {number}") for number in range(TALKS)
    )
    runs = SessionRun.objects.bulk_create(
        SessionRun(session=talk, number=1, queue="default", state=RunState.COMPLETED)
        for talk in talks
    )
    for talk, run in zip(talks, runs, strict=True):
        talk.current_run = talk.latest_run = run
    PracticeSession.objects.bulk_update(talks, ["current_run", "latest_run"], batch_size=200)
    RunMetrics.objects.bulk_create(measured(run, number) for number, run in enumerate(runs))


def measured(run: SessionRun, number: int) -> RunMetrics:
    metrics, scores = codec.dump(SCORING.metrics), codec.dump(SCORING.scores)
    return RunMetrics(
        run=run, formula_version=SCORING.metrics.formula_version, overall_score=number % 100,
        wpm=100.0 + number % 60, fillers_per_minute=number % 7, duration_ms=60_000,
        word_count=140, fillers_total=number % 7, metrics=metrics, scores=scores,
    )  # fmt: skip


def asked(browser: Client, path: str) -> int:
    """Queries for one page, redirects followed."""
    with CaptureQueriesContext(connection) as captured:
        response = browser.get(path, follow=True)
    assert response.status_code == 200, path
    return len(captured)


def test_every_page_takes_few_queries_with_a_thousand_talks() -> None:
    owner: User = UserFactory.create()
    many_talks(owner)
    browser = Client()
    counts = {page.name: asked(browser, page.path) for page in entrance()}
    pages = gallery(owner)
    browser.force_login(owner)
    counts |= {page.name: asked(browser, page.path) for page in pages}
    pages = for_staff()
    browser.force_login(UserFactory.create(is_staff=True))
    counts |= {page.name: asked(browser, page.path) for page in pages}
    assert {name: count for name, count in counts.items() if count > MOST_QUERIES} == {}
