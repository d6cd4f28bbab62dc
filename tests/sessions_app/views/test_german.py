"""Pages in German: figures as Germans write them, and machines' figures as machines do."""

from __future__ import annotations

import csv
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

GEOMETRY = (
    *("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "d"),
    *("width", "height", "viewBox", "transform"),
)


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


def test_times_for_the_player_are_whole_numbers(german: Client, talk: PracticeSession) -> None:
    times = re.findall(r'data-(?:ms|duration)="([^"]*)"', page(german, "session_detail", talk))
    assert len(times) > 100
    assert all(re.fullmatch(r"\d+", time) for time in times)


def drawn(html: str) -> list[str]:
    return re.findall(rf' (?:{"|".join(GEOMETRY)})="([^"]*)"', html)


def test_drawings_are_the_same_in_every_language(
    german: Client, browser: Client, owner: User
) -> None:
    for number in range(4):
        talk = attempt(owner, title=str(number), word_ms=300 + 7 * number).session
    for path in (talk.get_absolute_url(), reverse("progress")):
        shapes = drawn(german.get(path).content.decode())
        assert len(shapes) > 20
        assert shapes == drawn(browser.get(path).content.decode())


@pytest.mark.parametrize("name", ["report_json", "words_srt", "words_vtt"])
def test_what_programs_read_is_the_same_in_every_language(
    german: Client, browser: Client, talk: PracticeSession, name: str
) -> None:
    url = reverse(name, args=[talk.pk])
    assert whole(german, url) == whole(browser, url)


@pytest.mark.parametrize("name", ["words_csv", "findings_csv"])
def test_tables_have_german_heads_and_figures_with_points(
    german: Client, talk: PracticeSession, name: str
) -> None:
    head, *rows = csv.reader(whole(german, reverse(name, args=[talk.pk])).splitlines())
    assert "Anfang in Sekunden" in head
    cells = [cell for row in rows for cell in row]
    assert any(re.fullmatch(r"\d+\.\d+", cell) for cell in cells)
    assert not [cell for cell in cells if re.fullmatch(r"\d+,\d+", cell)]


def whole(client: Client, url: str) -> str:
    response = client.get(url)
    content = response.getvalue() if response.streaming else response.content
    return content.decode()
