"""Each channel against a real server."""

from __future__ import annotations

import logging

import pytest
from pytest_django import Settings

from metrics_app.alerts import channels
from metrics_app.alerts.channels import log, mail, webhook
from metrics_app.alerts.message import Message, NotDelivered
from tests.ports import free_port
from tests.smtp_server import mail_server
from tests.webhook_receiver import webhook_receiver

URGENT = Message("Critical: <runs> & more", "20 cases\nlook there", is_urgent=True, is_over=False)


def by_smtp(settings: Settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


def test_the_log_is_always_told_others_where_they_are_set(settings: Settings) -> None:
    assert [channel.name for channel in channels.configured()] == ["log"]
    settings.ALERT_EMAILS = ["a@example.com"]
    settings.ALERT_WEBHOOK_URL = "https://example.com/secret"
    assert [channel.name for channel in channels.configured()] == ["log", "email", "webhook"]


@pytest.mark.parametrize(
    ("is_urgent", "is_over", "level"),
    [(True, False, "CRITICAL"), (False, False, "WARNING"), (False, True, "INFO")],
)
def test_the_log_has_it_in_one_line(
    is_urgent: bool, is_over: bool, level: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        log.send(Message("Failed runs", "20 cases\nlook there", is_urgent, is_over))
    (record,) = caplog.records
    assert (record.levelname, record.message) == (level, "Failed runs | 20 cases | look there")


def test_mail_arrives(settings: Settings) -> None:
    with mail_server() as server:
        by_smtp(settings, server.port)
        mail.send(URGENT, to=("a@example.com", "b@example.com"))
    (message,) = server.received
    assert message["Subject"] == "[Speech Coach] Critical: <runs> & more"
    assert message["To"] == "a@example.com, b@example.com"
    assert message.get_content().splitlines() == ["20 cases", "look there"]


def test_mail_that_is_refused_or_has_nowhere_to_go_is_not_delivered(settings: Settings) -> None:
    with mail_server(refuses=True) as server:
        by_smtp(settings, server.port)
        with pytest.raises(NotDelivered, match=r"^SMTPRecipientsRefused$"):
            mail.send(URGENT, to=("a@example.com",))
    by_smtp(settings, free_port())
    with pytest.raises(NotDelivered, match=r"^ConnectionRefusedError$"):
        mail.send(URGENT, to=("a@example.com",))


def test_a_webhook_is_told_with_what_slack_wants_escaped() -> None:
    with webhook_receiver() as receiver:
        webhook.send(URGENT, url=receiver.url)
    assert receiver.texts == ["*Critical: &lt;runs&gt; &amp; more*\n20 cases\nlook there"]


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_webhook_that_does_not_take_it_is_not_told(status: int) -> None:
    with (
        webhook_receiver(status=status) as receiver,
        pytest.raises(NotDelivered, match=rf"^HTTP {status}$"),
    ):
        webhook.send(URGENT, url=receiver.url)
    assert len(receiver.texts) == 1


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (f"http://127.0.0.1:{free_port()}/secret", "ConnectionRefusedError"),
        ("nonsense/secret", "ValueError"),
        ("http://127.0.0.1:99999999/secret", ".*Error"),
    ],
    ids=["nobody listens", "no address", "no port"],
)
def test_a_webhook_that_is_away_is_said_to_be_without_its_address(url: str, why: str) -> None:
    with pytest.raises(NotDelivered, match=f"^{why}$"):
        webhook.send(URGENT, url=url)


def test_a_webhook_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "SECONDS", 0.2)
    with (
        webhook_receiver(hangs=True) as receiver,
        pytest.raises(NotDelivered, match=r"^TimeoutError$"),
    ):
        webhook.send(URGENT, url=receiver.url)
