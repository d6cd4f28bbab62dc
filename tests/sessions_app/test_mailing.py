from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core import mail
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from pytest_django import Settings

from sessions_app import mailing
from sessions_app.models import RunState, SessionRun
from sessions_app.stages.problems import Problem
from tests.factories import RunFactory
from tests.ports import free_port
from tests.sessions_app.ai_runs import WITHOUT_AI
from tests.sessions_app.finished import finished_run
from tests.smtp_server import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known_site(settings: Settings) -> None:
    settings.SITE_URL = "https://coach.example.com"


def spoken_on(run: SessionRun) -> str:
    return date_format(localtime(run.session.created_at))


def told(run: SessionRun) -> mail.EmailMessage:
    mailing.execute(run.pk)
    (message,) = mail.outbox
    assert message.to == [run.session.owner.email]
    return message


def wanting(**fields: Any) -> dict[str, Any]:
    return {"session__owner__mail_when_done": True, "session__title": "Bees", **fields}


def test_a_report_that_is_ready_is_linked() -> None:
    run = finished_run(**wanting())
    message = told(run)
    assert message.subject == f"Your report is ready: talk of {spoken_on(run)}"
    assert f"https://coach.example.com/talks/{run.session_id}/\n" in message.body
    assert "https://coach.example.com/account/\n" in message.body
    assert "less complete" not in message.body
    assert "hello" not in message.body


def test_a_degraded_one_is_said_to_be() -> None:
    refinement = {"refinement": lambda context, check: WITHOUT_AI}
    run = finished_run(own=refinement, **wanting())
    run.steps_down = [{"left": "sequential", "entered": "rule_based", "reason": "x", "detail": ""}]
    run.save()
    assert "less complete" in told(run).body


def test_a_failure_says_what_to_do() -> None:
    run = RunFactory.create(**wanting(state=RunState.FAILED, problem=Problem.NO_AUDIO))
    message = told(run)
    assert message.subject == f"No report yet: talk of {spoken_on(run)}"
    assert "The video has no sound." in message.body


def test_it_is_written_in_the_language_of_their_pages() -> None:
    run = finished_run(**wanting(session__owner__language="de"))
    with translation.override("en"):
        told(run)
        assert translation.get_language() == "en"


def test_nobody_is_told_who_does_not_want_it_any_more() -> None:
    for fields in ({"session__owner__mail_when_done": False}, {"session__owner__is_active": False}):
        mailing.execute(RunFactory.create(**wanting(**fields)).pk)
    mailing.execute(uuid.uuid4())
    assert mail.outbox == []


def test_the_title_stays_here() -> None:
    """Whoever signs up with the address of a stranger cannot write to them."""
    message = told(finished_run(**wanting(session__title="Win a prize at example.com")))
    assert "prize" not in f"{message.subject}{message.body}"


def by_smtp(settings: Settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


def test_a_real_server_takes_it(settings: Settings) -> None:
    run = finished_run(**wanting(session__owner__language="de"))
    with mail_server() as server:
        by_smtp(settings, server.port)
        mailing.execute(run.pk)
    (message,) = server.received
    assert message["Subject"].startswith("Deine Auswertung ist fertig: Vortrag vom ")
    assert "Hier änderst du das" in message.get_content()
    assert str(run.session_id) in message.get_content()


def test_a_server_that_refuses_or_is_away_costs_the_mail_alone(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    run = finished_run(**wanting())
    with mail_server(refuses=True) as server:
        by_smtp(settings, server.port)
        mailing.execute(run.pk)
    assert server.received == []
    by_smtp(settings, free_port())
    mailing.execute(run.pk)
    assert caplog.text.count("the mail was not sent") == 2
    assert run.session.owner.email not in caplog.text
