from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts_app.models import User
from sessions_app import actions, pipeline, queries
from sessions_app.messages import refusal_text
from sessions_app.models import Correction, PracticeSession, SessionRun, Transcript
from sessions_app.report import Report
from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.speech.refusals import Refusal
from sessions_app.stages.outputs import TextSource
from tests.factories import RunFactory, UserFactory
from tests.sessions_app.finished import finished_run
from tests.sessions_app.samples import RULES
from tests.sessions_app.views.reading import page

pytestmark = pytest.mark.django_db

CUE = "1\n00:00:00,000 --> 00:00:09,000\n"
TEXT = "Today, um, I think we should, um, begin with the plan, and we like it.\n"
UM = "1:2:um"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def talk(owner: User) -> PracticeSession:
    run = RunFactory.create(
        session__owner=owner, session__transcript_text=CUE + TEXT, session__transcript_format="srt"
    )
    pipeline.execute(run.pk)
    return PracticeSession.objects.get(pk=run.session.pk)


def report_of(talk: PracticeSession) -> Report:
    run = SessionRun.objects.select_related("transcript").get(session=talk)
    report = queries.report(run)
    assert report is not None
    return report


def fillers(talk: PracticeSession, status: FindingStatus = FindingStatus.COUNTED) -> list[str]:
    found = report_of(talk).findings
    return [f.text for f in found if f.kind is FindingKind.FILLER and f.status is status]


def send(client: Client, talk: PracticeSession, correct: str, **more: Any) -> Any:
    url = more.pop("url", None) or reverse("session_correct", args=[talk.pk])
    run = SessionRun.objects.get(session=talk)
    values = {"correct": correct, "transcript": run.transcript_id, **more.pop("values", {})}
    return client.post(url, values, **more)


def undo(client: Client, talk: PracticeSession, **more: Any) -> Any:
    made = Correction.objects.filter(session=talk).latest("pk")
    return client.post(reverse("correction_take_back", args=[talk.pk, made.pk]), **more)


def word(talk: PracticeSession, index: int) -> str:
    return reverse("session_word", args=[talk.pk, index])


def test_what_is_no_filler_is_no_longer_counted_and_can_be_undone_in_its_place(
    talk: PracticeSession, browser: Client
) -> None:
    assert fillers(talk) == ["um", "um"]
    answer = send(browser, talk, f"not_a_filler:{UM}", values={"kind": "filler"})
    assert answer.url == f"/talks/{talk.pk}/?kind=filler#filler-1-2-um"
    assert fillers(talk) == ["um"]
    html = page(browser, "session_detail", talk)
    row = html[html.index('id="filler-1-2-um"') :].split("</li>")[0]
    assert "marked by you" in row
    assert "Undo" in row
    undo(browser, talk)
    assert fillers(talk) == ["um", "um"]


def test_a_possible_filler_is_confirmed_or_dismissed(owner: User, browser: Client) -> None:
    maybe = Finding(FindingKind.FILLER, "hello", "hello", 1, 2, 400, 900, FindingStatus.POSSIBLE)
    rules = replace(RULES, findings=(maybe,))
    own = {"rules": lambda context, check: rules}
    talk = finished_run(session__owner=owner, own=own).session
    assert fillers(talk) == []
    html = page(browser, "session_detail", talk)
    offered = re.findall(r'value="(\w+:1:2:hello)"', html)
    assert offered == ["is_a_filler:1:2:hello", "not_a_filler:1:2:hello"]
    send(browser, talk, offered[0])
    assert fillers(talk) == ["hello"]
    undo(browser, talk)
    send(browser, talk, offered[1])
    assert fillers(talk) == []
    assert fillers(talk, FindingStatus.REJECTED) == ["hello"]
    assert "possible-title" not in page(browser, "session_detail", talk)


def test_a_second_click_changes_nothing_more(talk: PracticeSession, browser: Client) -> None:
    for _ in range(2):
        assert send(browser, talk, f"not_a_filler:{UM}").url.endswith("#filler-1-2-um")
    assert Correction.objects.count() == 1
    for _ in range(2):
        assert undo(browser, talk).status_code == 302
    assert fillers(talk) == ["um", "um"]


def test_the_corrections_are_listed_with_what_and_when(
    talk: PracticeSession, browser: Client
) -> None:
    assert "Your corrections" not in page(browser, "session_detail", talk)
    send(browser, talk, f"not_a_filler:{UM}")
    html = page(browser, "session_detail", talk)
    card = html[html.index('id="correction-list"') :].split("</ul>")[0]
    assert "“um,” is not a filler" in card
    assert "<time" in card
    assert "Undo" in card


def test_a_correction_whose_words_are_gone_says_why_it_is_not_applied(
    talk: PracticeSession, owner: User, browser: Client
) -> None:
    words = [["Tomorrow", 0, 300, None, 0]]
    elsewhere = Transcript.objects.create(session=talk, language="en", words=words)
    Correction.objects.create(
        session=talk, transcript=elsewhere, author=owner, kind="word", start_word=0, end_word=1,
        start_ms=0, end_ms=300, said="Tomorrow", text="Yesterday",
    )  # fmt: skip
    html = page(browser, "session_detail", talk)
    assert "1 of them is not part of this report" in html
    assert "these words are not said there" in html
    undo(browser, talk)
    assert "Your corrections" not in page(browser, "session_detail", talk)


def test_htmx_gets_the_parts_of_the_report_but_not_the_player(
    talk: PracticeSession, browser: Client
) -> None:
    talk.media.save("recording", ContentFile(b"RIFF\x04\0\0\0WAVE"))
    assert 'id="player"' in page(browser, "session_detail", talk)
    headers = HTMX | {"HX-Current-URL": f"http://testserver/talks/{talk.pk}/?kind=filler"}
    answer = send(browser, talk, f"not_a_filler:{UM}", headers=headers)
    html = answer.content.decode()
    parts = re.findall(r'<(?:div|p) (?:id="([\w-]+)" )?hx-swap-oob', html)
    assert parts == ["report-top", "report-timeline", "report-rest", ""]
    assert 'id="player"' not in html
    assert "<dialog" not in html
    assert "1 filler is counted" in html
    assert re.search(r'kind=filler#findings"[^>]* aria-current', html)
    told = json.loads(answer.headers["HX-Trigger-After-Settle"])
    assert told == {"corrected": {"place": "filler-1-2-um"}}


def test_what_cannot_be_corrected_is_told(talk: PracticeSession, browser: Client) -> None:
    values = {"transcript": 0}
    told = refusal_text(Refusal.OTHER_WORDS)
    plain = send(browser, talk, f"not_a_filler:{UM}", values=values, follow=True)
    assert told in plain.content.decode()
    answer = send(browser, talk, f"not_a_filler:{UM}", values=values, headers=HTMX)
    assert told in answer.content.decode()
    assert answer.headers["HX-Retarget"] == "#correcting"
    assert not Correction.objects.exists()


@pytest.mark.parametrize("correct", ["", "word", "is_a_filler:x:2", "delete:1:2", "word:1:2\n:"])
def test_nonsense_is_refused(talk: PracticeSession, browser: Client, correct: str) -> None:
    answer = send(browser, talk, correct, follow=True)
    assert refusal_text(Refusal.NO_SUCH_WORDS) in answer.content.decode()


def test_a_word_is_edited_on_its_page(talk: PracticeSession, browser: Client) -> None:
    html = browser.get(word(talk, 7)).content.decode()
    assert "Correct “begin”" in html
    assert 'name="correct" value="word:7:8"' in html.replace('type="hidden" ', "")
    answer = send(browser, talk, "word:7:8", url=word(talk, 7), values={"text": "finish"})
    assert answer.url == f"/talks/{talk.pk}/#w7"
    assert report_of(talk).words[7].text == "finish"
    assert "Corrected by you; it was “begin”" in page(browser, "session_detail", talk)
    assert "“finish” was said, not “begin”" in browser.get(word(talk, 7)).content.decode()


def test_what_was_typed_stays_when_it_is_not_one_word(
    talk: PracticeSession, browser: Client
) -> None:
    answer = send(browser, talk, "word:7:8", url=word(talk, 7), values={"text": "let us"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert refusal_text(Refusal.NOT_ONE_WORD) in html
    assert 'value="let us"' in html
    dialog = send(
        browser, talk, "word:7:8", url=word(talk, 7), values={"text": "let us"}, headers=HTMX
    )
    assert dialog.status_code == 200
    assert dialog.headers["HX-Retarget"] == "#correcting"
    assert "<html" not in dialog.content.decode()


def test_a_phrase_is_marked_as_a_filler(talk: PracticeSession, browser: Client) -> None:
    html = browser.get(word(talk, 8)).content.decode()
    offered = re.findall(r'value="(is_a_filler:8:\d+)"', html)
    assert offered == [f"is_a_filler:8:{end}" for end in (9, 10, 11, 12)]
    send(browser, talk, offered[2], url=word(talk, 8))
    assert "with the plan," in fillers(talk)


def test_no_phrase_would_count_a_word_twice(talk: PracticeSession, browser: Client) -> None:
    html = browser.get(word(talk, 0)).content.decode()
    assert re.findall(r'value="(is_a_filler:[^"]*)"', html) == ["is_a_filler:0:1"]
    on_the_filler = browser.get(word(talk, 1)).content.decode()
    assert "is_a_filler" not in on_the_filler
    assert 'value="not_a_filler:1:2:um"' in on_the_filler


def test_a_word_that_is_not_there_has_no_page(talk: PracticeSession, browser: Client) -> None:
    assert browser.get(word(talk, 999)).status_code == 404


def test_a_draft_offers_no_correction_and_says_why(talk: PracticeSession, browser: Client) -> None:
    Transcript.objects.update(source=TextSource.DRAFT)
    told = refusal_text(Refusal.DRAFT)
    html = page(browser, "session_detail", talk)
    assert told in html
    assert "data-corrects" not in html
    assert told in browser.get(word(talk, 1)).content.decode()
    answer = send(browser, talk, f"not_a_filler:{UM}", follow=True)
    assert told in answer.content.decode()


def test_what_is_still_being_made_offers_no_correction(owner: User, browser: Client) -> None:
    run = finished_run(session__owner=owner)
    PracticeSession.objects.update(current_run=None)
    SessionRun.objects.update(state="processing")
    html = page(browser, "session_detail", run.session)
    assert "as soon as the report is finished" in html
    assert "data-corrects" not in html


def urls(talk: PracticeSession) -> list[str]:
    owner = talk.owner
    made = actions.correct(
        session=talk, author=owner, kind="not_a_filler", start_word=1, end_word=2
    )
    return [
        reverse("session_correct", args=[talk.pk]),
        reverse("correction_take_back", args=[talk.pk, made.pk]),
        word(talk, 1),
    ]


def test_only_the_owner_corrects_a_talk(talk: PracticeSession) -> None:
    stranger = Client()
    stranger.force_login(UserFactory.create(is_staff=True))
    for url in urls(talk):
        assert send(stranger, talk, f"is_a_filler:{UM}", url=url).status_code == 404
        assert send(Client(), talk, f"is_a_filler:{UM}", url=url).url.startswith("/accounts/login/")
    assert fillers(talk) == ["um"]


def test_a_correction_of_another_talk_is_not_taken_back_here(
    talk: PracticeSession, owner: User, browser: Client
) -> None:
    other = finished_run(session__owner=owner).session
    made = actions.correct(
        session=other, author=owner, kind="not_a_filler", start_word=0, end_word=1
    )
    url = reverse("correction_take_back", args=[talk.pk, made.pk])
    assert browser.post(url).status_code == 404


def test_corrections_need_a_post_with_a_token(talk: PracticeSession, owner: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(owner)
    correct, take_back, one_word = urls(talk)
    for url in (correct, take_back, one_word):
        assert send(strict, talk, f"is_a_filler:{UM}", url=url).status_code == 403
    assert strict.get(correct).status_code == strict.get(take_back).status_code == 405


def test_hundreds_of_findings_share_one_form(owner: User, browser: Client) -> None:
    def forms(count: int) -> int:
        rules = replace(RULES, findings=RULES.findings * count)
        own = {"rules": lambda context, check: rules}
        talk = finished_run(session__owner=owner, own=own).session
        html = page(browser, "session_detail", talk)
        assert html.count('value="not_a_filler:0:1:um"') == count
        return html.count("<form")

    assert forms(1) == forms(300)


def test_a_corrected_report_takes_few_queries(
    talk: PracticeSession, browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    urls(talk)
    actions.start_run(session=talk)
    with django_assert_max_num_queries(12):
        assert browser.get(f"/talks/{talk.pk}/").status_code == 200
