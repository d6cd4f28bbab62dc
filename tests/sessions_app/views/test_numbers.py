from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts_app.models import User
from sessions_app import actions, pipeline
from sessions_app.models import PracticeSession
from tests.factories import RunFactory
from tests.sessions_app.display.numbers.reports import TEXT
from tests.sessions_app.finished import finished_run
from tests.sessions_app.views.reading import page

pytestmark = pytest.mark.django_db

CUES = "".join(
    f"{number}\n00:00:{number * 9:02},000 --> 00:00:{number * 9 + 9:02},000\n{line}.\n\n"
    for number, line in enumerate(TEXT.split(". ")[:6])
)


def a_talk(owner: User, title: str = "A talk") -> PracticeSession:
    run = RunFactory.create(
        session__owner=owner,
        session__title=title,
        session__transcript_text=CUES,
        session__transcript_format="srt",
    )
    pipeline.execute(run.pk)
    return PracticeSession.objects.select_related("current_run").get(pk=run.session.pk)


def links_to_numbers(html: str) -> set[tuple[str, str]]:
    return set(re.findall(r'href="([^"]*/numbers/)#([^"]+)"', html))


def test_every_number_of_a_report_leads_to_how_it_came_about(owner: User, browser: Client) -> None:
    a_talk(owner, "The first")
    html = page(browser, "session_detail", a_talk(owner))
    links = links_to_numbers(html)
    assert len({path for path, _ in links}) == 2  # of this talk and of the one before
    assert {"score-fillers", "wpm", "fillers-total", "change-wpm"} <= {key for _, key in links}
    for path, key in links:
        assert f'id="{key}"' in browser.get(path).content.decode()


def test_every_value_in_the_table_of_measures_is_a_link(owner: User, browser: Client) -> None:
    html = page(browser, "session_detail", a_talk(owner))
    values = re.findall(r'<td class="value">(.*?)</td>', html)
    assert len(values) > 20
    assert all(value.startswith("<a href=") for value in values)


def test_links_on_the_page_stay_on_it_or_lead_to_a_word(owner: User, browser: Client) -> None:
    session = a_talk(owner)
    html = page(browser, "session_numbers", session)
    inside = set(re.findall(r'href="#([^"]+)"', html))
    assert inside <= {*re.findall(r'\bid="([^"]+)"', html), "main"}
    report = page(browser, "session_detail", session)
    words = set(re.findall(rf'href="{session.get_absolute_url()}#(w\d+)"', html))
    assert words
    assert all(f'id="{word}"' in report for word in words)


def test_the_numbers_are_the_owner_s_alone(owner: User, browser: Client) -> None:
    url = reverse("session_numbers", args=[finished_run().session.pk])
    assert browser.get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_there_are_none_before_there_is_a_report(owner: User, browser: Client) -> None:
    run = RunFactory.create(session__owner=owner)
    url = reverse("session_numbers", args=[run.session.pk])
    assert browser.get(url).status_code == 404


def test_after_a_correction_the_page_has_the_corrected_numbers(
    owner: User, browser: Client
) -> None:
    session = a_talk(owner)
    assert value_of(page(browser, "session_numbers", session), "fillers-total") == "3"
    actions.correct(
        session=session, author=owner, kind="not_a_filler", start_word=0, end_word=1, text="um"
    )
    html = page(browser, "session_numbers", session)
    assert value_of(html, "fillers-total") == "2"
    assert "computed with 1 correction of yours" in html


def value_of(html: str, key: str) -> str:
    found = re.search(rf'id="{key}-name"><span>[^<]*</span> <strong>([^<]*)</strong>', html)
    assert found is not None
    return found[1]


def test_what_was_said_is_text_and_never_markup(owner: User, browser: Client) -> None:
    session = a_talk(owner, "<script>x</script>")
    html = page(browser, "session_numbers", session)
    assert "<script>x" not in html
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", html)


def test_the_page_takes_few_queries(
    owner: User, browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        a_talk(owner, f"Talk {number}")
    session = a_talk(owner)
    with django_assert_max_num_queries(12):
        page(browser, "session_numbers", session)
    with django_assert_max_num_queries(12):
        page(browser, "session_detail", session)


def test_score_cards_say_what_is_usual(owner: User, browser: Client) -> None:
    first = a_talk(owner)
    assert "score-usual" not in page(browser, "session_detail", first)
    assert "in the talk before" in page(browser, "session_detail", a_talk(owner))
    assert re.search(r"usually \d+, by 2 talks", page(browser, "session_detail", a_talk(owner)))


def test_progress_says_how_far_it_can_be_trusted(owner: User, browser: Client) -> None:
    a_talk(owner)
    html = page(browser, "session_detail", a_talk(owner))
    assert "against the talk before, too few to know your usual variation" in html
    for _ in range(2):
        html = page(browser, "session_detail", a_talk(owner))
    assert "against the mean of 3 talks before, within your usual variation" in html
