"""The report of a run that an AI had a part in, or should have had."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts_app.models import User
from metrics_app.queries import Call
from sessions_app.models import (
    Passage,
    RunState,
    SessionRun,
    SimilarMoment,
)
from sessions_app.stages.outputs import RefinementOutput
from tests.factories import RunFactory
from tests.sessions_app.ai_runs import READ_TWICE, WITHOUT_AI
from tests.sessions_app.finished import finished_run
from tests.sessions_app.provisional import under_review
from tests.sessions_app.samples import METRICS, SCORING, StageFunction
from tests.sessions_app.views.reading import page

pytestmark = pytest.mark.django_db


def read_by_ai(owner: User, output: RefinementOutput = READ_TWICE) -> SessionRun:
    """A talk long enough to be read."""
    metrics = replace(METRICS, word_count=300, speaking_ms=120_000)
    scoring = replace(SCORING, metrics=metrics)
    own: dict[str, StageFunction] = {
        "refinement": lambda context, check: output,
        "scoring": lambda context, check: scoring,
    }
    return finished_run(session__owner=owner, own=own)


def called(run: SessionRun, **fields: object) -> None:
    known: dict[str, object] = {
        "record_id": uuid4(),
        "run_kind": "session",
        "run_id": run.pk,
        "purpose": "coaching_again",
        "model": "gpt-small",
        "prompt_version": "7",
        "outcome": "ok",
        "tokens_in": 1234,
        "tokens_out": 56,
        "cost_usd": Decimal("0.0123"),
        "started_at": timezone.now(),
    }
    Call.objects.create(**{**known, **fields})


def resemble(run: SessionRun, earlier: SessionRun) -> None:
    here, there = (
        Passage.objects.create(
            run=one, start_word=0, end_word=3, text=f"{one.session.title} said", start_ms=83_500,
            model="m", vector=b"",
        )
        for one in (run, earlier)
    )  # fmt: skip
    SimilarMoment.objects.create(passage=here, earlier=there, similarity=0.9)


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_content_review_is_shown_with_evidence_to_play(owner: User, browser: Client) -> None:
    html = page(browser, "session_detail", read_by_ai(owner).session)
    review = html[html.index('id="review-title"') :]
    review = review[: review.index("</section>")]
    for text in ("Greeting people matters.", "Opening", "Warm from", "Nothing is asked of"):
        assert text in review
    assert review.count('data-ms="400"') == 3
    assert "hello there." in review


def test_what_the_ai_rejected_is_kept_apart_with_its_reason(owner: User, browser: Client) -> None:
    text = text_of(page(browser, "session_detail", read_by_ai(owner).session))
    assert "The AI reader disagreed with 1 finding" in text
    assert "It is a name here." in text
    assert "AI: not one here · 92%" in text


def test_what_the_ai_added_is_labelled_with_confidence_and_reason(
    owner: User, browser: Client
) -> None:
    text = text_of(page(browser, "session_detail", read_by_ai(owner).session))
    assert "added by AI · 81%" in text
    assert "AI: It only fills." in text


def test_the_facts_tell_counts_models_tokens_cost_and_kept_answers(
    owner: User, browser: Client
) -> None:
    run = read_by_ai(owner)
    called(run)
    called(run, purpose="verdicts", cache_hit=True, tokens_in=0, tokens_out=0, cost_usd=0)
    text = text_of(page(browser, "session_detail", run.session))
    assert "written anew because rules counted 15 fillers and the AI reader 7 (53 %)" in text
    assert "4 of 4 passages; 2 remarks dropped as unsure, 1 as pointing at nothing" in text
    assert "coaching_again 7" in text
    assert "1 call; 1 kept answer used again" in text
    assert "0.0123 US dollars" in text
    assert "Written by AI (gpt-small) from the findings after the AI" in text


def test_a_cost_nobody_knows_is_not_available(owner: User, browser: Client) -> None:
    run = read_by_ai(owner)
    called(run, cost_usd=None)
    assert "Cost not available" in text_of(page(browser, "session_detail", run.session))


def test_a_degraded_report_says_what_is_missing_why_and_what_to_do(
    owner: User, browser: Client, settings: Settings
) -> None:
    settings.OPENAI_API_KEY = "key"
    html = page(browser, "session_detail", read_by_ai(owner, WITHOUT_AI).session)
    text = text_of(html)
    assert "its review of the content and its coaching: it was made by rules alone" in text
    assert "we waited as long as we may. Try again with AI in a few minutes." in text
    assert "they were done one after the other." in text
    assert "Written by rules" in text
    assert "connection refused" not in text
    assert ">Try again with AI</button>" in html


def test_trying_again_with_ai_starts_where_the_ai_was_missing(
    owner: User, browser: Client, settings: Settings
) -> None:
    settings.OPENAI_API_KEY = "key"
    session = read_by_ai(owner, WITHOUT_AI).session
    browser.post(reverse("run_try_again_with_ai", args=[session.pk]))
    again = session.runs.latest("number")
    assert (again.number, again.from_stage) == (2, "refinement")
    html = page(browser, "session_detail", session)
    assert "Try again with AI</button>" not in html
    browser.post(reverse("run_try_again_with_ai", args=[session.pk]))
    assert session.runs.count() == 2


@pytest.mark.parametrize("output", [READ_TWICE, WITHOUT_AI])
def test_without_a_server_or_a_lack_there_is_nothing_to_try(
    owner: User, browser: Client, settings: Settings, output: RefinementOutput
) -> None:
    settings.OPENAI_API_KEY = "key" if output is READ_TWICE else ""
    session = read_by_ai(owner, output).session
    assert "Try again with AI</button>" not in page(browser, "session_detail", session)
    url = reverse("run_try_again_with_ai", args=[session.pk])
    assert "nothing the AI could add" in browser.post(url, follow=True).content.decode()
    assert session.runs.count() == 1


def test_others_cannot_have_a_talk_read(client: Client, owner: User) -> None:
    session = read_by_ai(owner, WITHOUT_AI).session
    client.force_login(User.objects.create_user("other@example.com"))
    url = reverse("run_try_again_with_ai", args=[session.pk])
    assert client.post(url).status_code == 404
    assert session.runs.count() == 1


@pytest.mark.parametrize(
    ("key", "told"), [("key", ">AI review running</h2>"), ("", ">First findings</h2>")]
)
def test_while_the_ai_reads_the_first_findings_say_so(
    owner: User, browser: Client, settings: Settings, key: str, told: str
) -> None:
    settings.OPENAI_API_KEY = key
    run = under_review(session__owner=owner)
    html = page(browser, "session_detail", run.session)
    assert told in html
    assert ("may still change</span>" in html) is bool(key)
    assert ("The AI’s second reading" in html) is bool(key)


def test_what_the_second_reading_changed_is_told_to_whoever_comes_later(
    owner: User, browser: Client
) -> None:
    html = page(browser, "session_detail", read_by_ai(owner).session)
    card = html[html.index('id="second-reading-title"') :]
    card = card[: card.index("</section>")]
    text = text_of(card)
    assert "Fillers 1 → before, now: 1" in text
    assert "The AI took away 1: 0:00 Um," in text
    assert "The AI found 1 that the rules had missed: 0:00 there." in text
    assert "written anew because rules counted 15 fillers" in text
    assert 'href="#w0" data-ms="0"' in card
    assert 'id="w0"' in html
    assert 'href="#review-title"' in card


def test_a_report_by_rules_alone_tells_of_no_second_reading(owner: User, browser: Client) -> None:
    html = page(browser, "session_detail", read_by_ai(owner, WITHOUT_AI).session)
    assert "second-reading" not in html


def test_a_run_that_waits_says_for_what_and_until_when(owner: User, browser: Client) -> None:
    since = timezone.now()
    run = RunFactory.create(
        session__owner=owner,
        state=RunState.WAITING_FOR_MODEL,
        waiting_reason="connection",
        waiting_since=since,
        next_try_at=since + timedelta(seconds=15),
    )
    text = text_of(page(browser, "session_detail", run.session))
    assert "Waiting for the AI server" in text
    assert "could not be reached" in text
    assert "Next try at" in text
    assert "After 15 minutes" in text


def test_similar_moments_lead_to_the_moment_in_the_other_talk(owner: User, browser: Client) -> None:
    earlier = finished_run(session__owner=owner, session__title="Harbour")
    run = read_by_ai(owner)
    assert "similar-title" not in page(browser, "session_detail", run.session)
    resemble(run, earlier)
    html = page(browser, "session_detail", run.session)
    assert f'href="{earlier.session.get_absolute_url()}#t=83.5"' in html
    assert "Harbour said" in html


def test_all_of_it_takes_few_queries(
    owner: User, browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    earlier = finished_run(session__owner=owner)
    run = read_by_ai(owner)
    for _ in range(9):
        called(run)
        SimilarMoment.objects.all().delete()
        Passage.objects.all().delete()
        resemble(run, earlier)
    with django_assert_max_num_queries(12):
        assert browser.get(run.session.get_absolute_url()).status_code == 200
