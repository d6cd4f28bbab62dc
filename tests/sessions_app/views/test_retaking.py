"""From a report to the form for another attempt, and from there to a linked talk."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts_app.models import User
from sessions_app.models import PracticeSession
from tests.factories import SessionFactory
from tests.sessions_app.finished import finished_run
from tests.sessions_app.views.reading import page

pytestmark = pytest.mark.django_db

NEW = {"language": "en", "kind": "pitch", "title": "T", "transcript": "Hello there, all."}


def again(talk: PracticeSession) -> str:
    return f"{reverse('session_new')}?again={talk.pk}"


def test_a_report_leads_to_a_form_with_the_talk_filled_in(owner: User, browser: Client) -> None:
    talk = finished_run(
        session__owner=owner,
        session__title="My pitch",
        session__language="fr",
        session__kind="pitch",
        session__prompt="Sell the bees",
        session__target_seconds=90,
        session__target_wpm=140,
    ).session
    html = page(browser, "session_detail", talk)
    assert f'href="{again(talk)}"' in html
    form = browser.get(again(talk)).content.decode()
    assert 'value="My pitch"' in form
    assert re.search(r'<option value="fr" selected>', form)
    assert re.search(r'<option value="pitch" selected>', form)
    assert "Sell the bees</textarea>" in form
    assert 'value="1.5"' in form
    assert 'value="140"' in form
    assert "<details open>" in form
    assert f'A retake of <a href="{talk.get_absolute_url()}">My pitch</a>' in form


def test_sending_it_links_the_attempts(owner: User, browser: Client) -> None:
    first = SessionFactory.create(owner=owner)
    second = SessionFactory.create(owner=owner, retake_of=first, title="Second")
    response = browser.post(again(second), NEW)
    made = PracticeSession.objects.get(title="T")
    assert response.headers["Location"] == made.get_absolute_url()
    assert made.retake_of == first


def test_a_form_sent_back_still_says_what_it_is_a_retake_of(owner: User, browser: Client) -> None:
    first = SessionFactory.create(owner=owner, title="My pitch")
    response = browser.post(again(first), {"language": "en", "kind": "pitch"})
    assert response.status_code == 422
    assert "A retake of" in response.content.decode()


@pytest.mark.parametrize(
    "key", ["", "x", "of somebody else", "00000000-0000-4000-8000-000000000000"]
)
def test_other_talks_than_ones_own_make_no_retake(owner: User, browser: Client, key: str) -> None:
    if key == "of somebody else":
        key = str(SessionFactory.create(title="Secret").pk)
    url = f"{reverse('session_new')}?again={key}"
    form = browser.get(url).content.decode()
    assert "A retake of" not in form
    assert "Secret" not in form
    browser.post(url, NEW)
    assert PracticeSession.objects.get(owner=owner).retake_of is None


def test_the_list_and_the_page_say_what_a_talk_is_a_retake_of(owner: User, browser: Client) -> None:
    first = SessionFactory.create(owner=owner, title="My <pitch>")
    run = finished_run(session__owner=owner, session__retake_of=first)
    html = browser.get(reverse("session_list")).content.decode()
    assert html.count("retake of My &lt;pitch&gt;") == 1
    html = page(browser, "session_detail", run.session)
    assert f'retake of <a href="{first.get_absolute_url()}">My &lt;pitch&gt;</a>' in html
