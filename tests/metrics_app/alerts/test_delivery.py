from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import pytest
from pytest_django import Settings

from metrics_app.alerts import channels, delivery
from metrics_app.alerts.channels import Channel, webhook
from metrics_app.alerts.delivery import Delivery
from metrics_app.alerts.message import Message, NotDelivered
from metrics_app.alerts.told import Told
from metrics_app.models import Alert, AlertDelivery, Notice
from tests.deadline import eventually
from tests.metrics_app.alerts.notices import LINK, TOLD, kept, told
from tests.metrics_app.alerts.test_channels import by_smtp
from tests.ports import free_port
from tests.smtp_server import mail_server
from tests.webhook_receiver import webhook_receiver

pytestmark = pytest.mark.django_db(transaction=True)


def brought(*all_told: Told) -> None:
    """By all that is configured."""
    carrier = Delivery(channels.configured(), LINK)
    carrier.post(all_told)
    carrier.close(20)


def kept_are(count: int) -> bool:
    return AlertDelivery.objects.count() == count


def history() -> list[tuple[str, bool, str]]:
    return list(
        AlertDelivery.objects.order_by("channel").values_list("channel", "delivered", "detail")
    )


def test_mail_server_and_webhook_are_told(settings: Settings) -> None:
    settings.ALERT_EMAILS = ["a@example.com"]
    with mail_server() as server, webhook_receiver() as receiver:
        by_smtp(settings, server.port)
        settings.ALERT_WEBHOOK_URL = receiver.url
        brought(kept())
    (mail,) = server.received
    assert mail["Subject"] == "[Speech Coach] Critical: Failed runs"
    assert LINK in mail.get_content()
    assert receiver.texts == [f"*Critical: Failed runs*\n{TOLD.finding}\n{TOLD.figures}\n{LINK}"]
    assert history() == [("email", True, ""), ("log", True, ""), ("webhook", True, "")]


def test_one_that_fails_stops_no_other_and_is_in_the_history(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ALERT_EMAILS = ["a@example.com"]
    settings.ALERT_WEBHOOK_URL = f"http://127.0.0.1:{free_port()}/secret"
    with mail_server() as server:
        by_smtp(settings, server.port)
        brought(kept())
    assert len(server.received) == 1
    assert history()[2] == ("webhook", False, "ConnectionRefusedError")
    assert "error_rate not told by webhook: ConnectionRefusedError" in caplog.text
    assert "secret" not in caplog.text


def test_the_next_notice_of_the_others_says_which_one_fails_until_it_works_again() -> None:
    received: list[Message] = []
    broken = [NotDelivered("HTTP 500")]
    line = "Notices by bad do not arrive: HTTP 500"

    def now_and_then(message: Message) -> None:
        assert line not in message.body
        if broken:
            raise broken.pop()

    carrier = Delivery([Channel("good", received.append), Channel("bad", now_and_then)], LINK)
    for number in range(3):
        carrier.post([kept(notice=Notice.STILL_OPEN)])
        eventually(partial(kept_are, 2 * number + 2))
    carrier.close(20)
    assert [line in message.body for message in received] == [False, True, False]


def test_a_fault_of_ours_is_a_failure_like_others_and_ends_no_channel(
    caplog: pytest.LogCaptureFixture,
) -> None:
    received: list[Message] = []
    faults = [KeyError("nobody thought of this")]

    def faulty(message: Message) -> None:
        if faults:
            raise faults.pop()
        received.append(message)

    good: list[Message] = []
    carrier = Delivery([Channel("faulty", faulty), Channel("good", good.append)], LINK)
    for number in range(2):
        carrier.post([kept(notice=Notice.STILL_OPEN)])
        eventually(partial(kept_are, 2 * number + 2))
    carrier.close(20)
    assert len(received) == 1
    assert "Notices by faulty do not arrive: KeyError" in good[1].body
    assert ("faulty", False, "KeyError") in history()
    assert "nobody thought of this" in caplog.text  # with its traceback


def hanging(until: threading.Event) -> Callable[[Message], None]:
    def send(message: Message) -> None:
        until.wait()

    return send


def test_one_that_hangs_delays_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither who tells nor the others; and nobody who ends waits for it for ever."""
    received: list[Message] = []
    released = threading.Event()
    carrier = Delivery([Channel("slow", hanging(released)), Channel("good", received.append)], LINK)
    carrier.post([told() for _ in range(5)])
    eventually(lambda: len(received) == 5)
    carrier.close(0.2)
    released.set()


def test_a_webhook_that_is_down_delays_no_other(settings: Settings) -> None:
    received: list[Message] = []
    with webhook_receiver(hangs=True) as receiver:
        slow = Channel("webhook", partial(webhook.send, url=receiver.url))
        carrier = Delivery([slow, Channel("good", received.append)], LINK)
        carrier.post([told()])
        eventually(lambda: received)
        receiver.released.set()
        carrier.close(20)


def test_too_much_for_one_that_hangs_is_dropped_and_said_to_be(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(delivery, "WAITING", 2)
    released = threading.Event()
    carrier = Delivery([Channel("slow", hanging(released))], LINK)
    carrier.post([told() for _ in range(9)])
    assert "error_rate not told by slow: it hangs" in caplog.text
    released.set()
    carrier.close(20)


def test_what_is_posted_before_the_end_arrives() -> None:
    received: list[Message] = []
    carrier = Delivery([Channel("good", received.append)], LINK)
    carrier.post([told() for _ in range(20)])
    carrier.close(20)
    assert len(received) == 20


def test_an_alert_that_nobody_could_keep_is_told_all_the_same() -> None:
    received: list[Message] = []
    gone = kept()
    Alert.objects.all().delete()
    carrier = Delivery([Channel("good", received.append)], LINK)
    carrier.post([gone, told()])
    carrier.close(20)
    assert len(received) == 2
    assert history() == []
