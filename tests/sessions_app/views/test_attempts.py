from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts_app.models import User
from sessions_app.stages.outputs import TextSource
from tests.factories import UserFactory
from tests.sessions_app.attempts import SENTENCES, attempt
from tests.sessions_app.views.reading import page

pytestmark = pytest.mark.django_db


def test_the_report_of_a_retake_compares_it_and_leads_to_its_passages(
    owner: User, browser: Client
) -> None:
    first = attempt(owner, title="Of bees").session
    second = attempt(owner, retake_of=first).session
    html = page(browser, "session_detail", second)
    assert "Attempt 2 of 2" in html
    assert "Beside the first attempt" in html
    assert reverse("session_attempts", args=[second.pk]) in html
    assert "comparison-title" not in html
    assert "Attempt 1 of 2" in page(browser, "session_detail", first)


def test_passages_are_quoted_and_lead_to_their_moment_in_either_talk(
    owner: User, browser: Client
) -> None:
    first = attempt(owner).session
    second = attempt(owner, *SENTENCES[:3], *SENTENCES[5:], retake_of=first).session
    html = page(browser, "session_attempts", second)
    assert "Passage by passage, beside attempt 1" in html
    assert "left out" in html
    assert f'href="{second.get_absolute_url()}#t=0"' in html
    assert re.search(rf'href="{first.get_absolute_url()}#t=[\d.]+"', html)


def test_any_earlier_attempt_can_be_chosen(owner: User, browser: Client) -> None:
    first = attempt(owner).session
    second = attempt(owner, retake_of=first).session
    third = attempt(owner, retake_of=first).session
    assert "beside attempt 2" in page(browser, "session_attempts", third)
    assert "beside attempt 1" in page(browser, "session_attempts", third, f"?with={first.pk}")
    for other in (third.pk, "x", attempt(UserFactory.create()).session.pk):
        assert "beside attempt 2" in page(browser, "session_attempts", third, f"?with={other}")
    assert "beside attempt 1" in page(browser, "session_attempts", second, f"?with={third.pk}")


def test_the_nearest_attempt_whose_passages_can_be_compared_is_shown_first(
    owner: User, browser: Client
) -> None:
    first = attempt(owner).session
    draft = attempt(owner, retake_of=first, spoken={"source": TextSource.DRAFT}).session
    third = attempt(owner, retake_of=first).session
    html = page(browser, "session_attempts", third)
    assert "beside attempt 1" in html
    assert "passage-list" in html
    assert "beside attempt 2" in page(browser, "session_attempts", third, f"?with={draft.pk}")


def test_passages_of_a_draft_are_not_compared(owner: User, browser: Client) -> None:
    first = attempt(owner, spoken={"source": TextSource.DRAFT}).session
    html = page(browser, "session_attempts", attempt(owner, retake_of=first).session)
    assert "rough draft" in html
    assert "passage-list" not in html


def test_a_talk_tried_once_has_no_such_page_and_other_peoples_talks_have_none(
    owner: User, browser: Client
) -> None:
    once = attempt(owner).session
    assert browser.get(reverse("session_attempts", args=[once.pk])).headers["Location"] == (
        once.get_absolute_url()
    )
    other = attempt(UserFactory.create()).session
    attempt(other.owner, retake_of=other)
    assert browser.get(reverse("session_attempts", args=[other.pk])).status_code == 404


def test_attempts_of_others_are_never_among_ones_own(owner: User, browser: Client) -> None:
    first = attempt(owner).session
    attempt(UserFactory.create(), retake_of=first, title="Secret")
    assert "Secret" not in page(browser, "session_detail", first)
    assert "retake-title" not in page(browser, "session_detail", first)


def test_what_a_speaker_said_is_text_there_as_well(owner: User, browser: Client) -> None:
    said = ("<script>alert(1)</script> is what I said", *SENTENCES)
    first = attempt(owner, *said, prompt="<script>alert(2)</script> bees").session
    second = attempt(owner, *said, retake_of=first, prompt="<script> bees").session
    for name in ("session_attempts", "session_detail"):
        assert "<script>alert" not in page(browser, name, second)


def test_the_report_says_how_far_it_is_on_its_prompt(owner: User, browser: Client) -> None:
    session = attempt(owner, prompt="Why bees and whales matter").session
    html = page(browser, "session_detail", session)
    assert "Your talk mentions 1 of the 3 key words of the prompt." in html
    data = browser.get(reverse("report_json", args=[session.pk])).json()
    assert data["relevance"]["value"] == pytest.approx(1 / 3)
    assert data["session"]["retake_of"] is None


def test_both_pages_of_a_retake_take_few_queries(
    owner: User, browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = attempt(owner, prompt="Bees").session
    for _ in range(4):
        last = attempt(owner, retake_of=first, prompt="Bees").session
    for name in ("session_detail", "session_attempts"):
        with django_assert_max_num_queries(12):
            page(browser, name, last)
