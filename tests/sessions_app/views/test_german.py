"""Pages in German: figures as Germans write them, and machines' figures as machines do."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts_app.models import User
from sessions_app.models import PracticeSession
from tests.sessions_app.attempts import attempt
from tests.sessions_app.finished import finished_run
from tests.sessions_app.views.reading import page

pytestmark = pytest.mark.django_db

GEOMETRY = ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "viewBox", "d")
NUMBER = re.compile(r"-?\d+(\.\d+)?%?")


@pytest.fixture
def german(owner: User) -> Client:
    client = Client(headers={"Accept-Language": "de"})
    client.force_login(owner)
    return client


@pytest.fixture
def talk(owner: User) -> PracticeSession:
    return attempt(owner, title="Bienen").session


def test_the_report_is_in_german_and_its_talk_in_the_talk_s_language(
    german: Client, owner: User
) -> None:
    html = page(german, "session_detail", finished_run(session__owner=owner).session)
    assert '<html lang="de"' in html
    assert "Gezählte Füllwörter" in html
    assert re.search(r'<div class="words"[^>]* lang="en"', html)


def test_figures_have_a_comma(german: Client, owner: User) -> None:
    html = page(german, "session_detail", finished_run(session__owner=owner).session)
    assert "42,9 pro Minute" in html
    assert "42.9" not in html


def test_dates_are_written_as_germans_do(german: Client, talk: PracticeSession) -> None:
    html = page(german, "session_detail", talk)
    assert re.search(r"\d+\. \w+ \d{4} \d\d:\d\d</time>", html)


def test_times_for_the_player_and_drawings_keep_their_points(
    german: Client, talk: PracticeSession
) -> None:
    html = page(german, "session_detail", talk)
    times = re.findall(r'data-(?:ms|duration)="([^"]*)"', html)
    assert len(times) > 100
    assert all(re.fullmatch(r"\d+", time) for time in times)
    drawn = re.findall(rf' (?:{"|".join(GEOMETRY)})="([^"]*)"', html)
    assert drawn
    assert not [value for value in drawn if "," in value]


def test_what_programs_read_is_the_same_in_every_language(
    german: Client, browser: Client, talk: PracticeSession
) -> None:
    url = reverse("report_json", args=[talk.pk])
    assert german.get(url).content == browser.get(url).content
