from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts_app.models import User
from sessions_app import actions
from sessions_app.messages import caveat_text
from sessions_app.models import RunMetrics
from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.stages.context import Check, RunContext
from sessions_app.stages.outputs import Caveat, RulesOutput
from tests.sessions_app.finished import finished_run
from tests.sessions_app.views.reading import page

pytestmark = pytest.mark.django_db

PARTS = {
    "Scores",
    "What to work on",
    "Listen",
    "Transcript",
    "Fillers counted",
    "Findings",
    "Measures",
    "How this report was made",
}


def test_the_report_has_all_its_parts(owner: User, browser: Client) -> None:
    session = finished_run(session__owner=owner).session
    html = page(browser, "session_detail", session)
    headings = re.findall(r"<h2[^>]*>([^<]+)", html)
    assert {heading.strip() for heading in headings} >= PARTS
    assert caveat_text(Caveat.NOISY) in html
    assert "not available" in html
    assert "None" not in re.sub(r"<[^>]+>|None\. Well done", "", html)


def test_slots_of_the_coaching_are_filled(owner: User, browser: Client) -> None:
    session = finished_run(
        session__owner=owner, summary="You used {fillers_total} fillers."
    ).session
    assert "You used 1 fillers." in page(browser, "session_detail", session)


def test_what_a_speaker_said_is_text_and_never_markup(owner: User, browser: Client) -> None:
    def nasty(context: RunContext, check: Check) -> RulesOutput:
        text = "<script>alert(1)</script>"
        found = Finding(FindingKind.HEDGE, text, text, 1, 2, 400, 900, why=text)
        return RulesOutput((found,), ((0, 3),))

    session = finished_run(
        session__owner=owner, session__title="<script>x</script>", own={"rules": nasty}
    ).session
    html = page(browser, "session_detail", session)
    assert "<script>alert" not in html
    assert "<script>x" not in html
    assert "&lt;script&gt;alert" in html


def test_findings_are_filtered_by_kind(owner: User, browser: Client) -> None:
    def two_kinds(context: RunContext, check: Check) -> RulesOutput:
        kinds = (FindingKind.FILLER, FindingKind.HEDGE)
        found = tuple(Finding(kind, "x", f"quote-{kind}", i, i + 1) for i, kind in enumerate(kinds))
        maybe = Finding(FindingKind.FILLER, "x", "quote-maybe", 2, 3, status=FindingStatus.POSSIBLE)
        return RulesOutput((*found, maybe), ((0, 3),))

    session = finished_run(session__owner=owner, own={"rules": two_kinds}).session
    html = page(browser, "session_detail", session, "?kind=hedge")
    assert "quote-hedge" in html
    assert "quote-filler" not in html
    assert "quote-maybe" in html


def test_the_report_compares_with_the_talk_before(owner: User, browser: Client) -> None:
    first = finished_run(session__owner=owner, session__title="The first").session
    second = finished_run(session__owner=owner).session
    finished_run(session__title="Of somebody else")
    assert "comparison-title" not in page(browser, "session_detail", first)
    html = page(browser, "session_detail", second)
    assert re.search(r'id="comparison-title">Compared with <a [^>]*>The first<', html)
    assert "same" in html


@pytest.mark.parametrize(("known", "shown"), [(("wpm", "duration_ms"), True), (("wpm",), False)])
def test_talks_are_compared_only_where_enough_is_known_of_both(
    owner: User, browser: Client, known: tuple[str, ...], shown: bool
) -> None:
    finished_run(session__owner=owner)
    measures = ("overall_score", "wpm", "fillers_per_minute", "duration_ms")
    RunMetrics.objects.update(**{name: 90 if name in known else None for name in measures})
    second = finished_run(session__owner=owner).session
    assert ("comparison-title" in page(browser, "session_detail", second)) is shown


def test_scores_say_which_measures_they_come_from(owner: User, browser: Client) -> None:
    session = finished_run(session__owner=owner, session__target_wpm=200).session
    html = page(browser, "session_detail", session)
    link = r'<a class="score-basis" href="[^"]*/numbers/#score-pace">'
    assert re.search(link + r"from \d+ words/min", html)
    assert 'id="measures-title"' in html
    assert "100 from 190 to 210 words per minute" in html


def test_every_link_within_the_report_leads_to_something(owner: User, browser: Client) -> None:
    run = finished_run(session__owner=owner)
    html = page(browser, "session_detail", run.session)
    links = set(re.findall(r'href="#([^"]+)"', html))
    assert any(re.fullmatch(r"w\d+", link) for link in links)
    assert [link for link in links if f'id="{link}"' not in html] == []


def test_what_needs_the_script_is_marked_for_browsers_without(owner: User, browser: Client) -> None:
    session = finished_run(session__owner=owner).session
    session.media.save("recording", ContentFile(b"RIFF\x04\0\0\0WAVE"))
    html = page(browser, "session_detail", session)
    hint = re.search(r'<p class="([^"]*)">Click a word', html)
    assert hint is not None
    assert "needs-script" in hint[1].split()
    css = (settings.BASE_DIR / "static/css/report.css").read_text()
    assert re.search(r"scripting: none\) \{ \.needs-script \{ display: none", css)


@pytest.mark.parametrize("name", ["session_detail", "session_list", "session_new"])
def test_pages_carry_no_inline_script_style_or_foreign_address(
    owner: User, browser: Client, name: str
) -> None:
    session = finished_run(session__owner=owner).session
    url = reverse(name, args=[session.pk] if name == "session_detail" else [])
    html = browser.get(url).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", html)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', html)


def test_a_report_takes_few_queries_even_beside_a_live_run(
    owner: User, browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    finished_run(session__owner=owner)
    session = finished_run(session__owner=owner).session
    actions.start_run(session=session)
    with django_assert_max_num_queries(12):
        assert browser.get(f"/talks/{session.pk}/").status_code == 200


def test_a_deleted_recording_is_said_to_be_gone_and_the_report_stays(
    owner: User, browser: Client
) -> None:
    session = finished_run(session__owner=owner).session
    session.media_filename = "talk.webm"
    session.media.save("talk.webm", ContentFile(b"\x1a\x45\xdf\xa3"))
    assert 'id="player"' in page(browser, "session_detail", session)
    actions.delete_media(session=session)
    html = page(browser, "session_detail", session)
    assert "The recording was deleted. Everything measured from it stays." in html
    assert 'id="player"' not in html
    assert "Process again" not in html
    assert 'id="timeline"' in html
    assert "A calm start." in html
