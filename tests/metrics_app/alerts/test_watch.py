from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Event

import pytest
from django.db import OperationalError
from pytest_django import Settings

from metrics_app.alerts import watch
from metrics_app.alerts.channels import Channel
from metrics_app.alerts.delivery import Delivery
from metrics_app.alerts.evaluation import evaluate
from metrics_app.alerts.message import Message
from metrics_app.alerts.told import Told
from metrics_app.alerts.watch import AlertWatch
from metrics_app.health import Health
from metrics_app.models import Alert
from tests.deadline import eventually
from tests.metrics_app.alerts.notices import LINK
from tests.metrics_app.alerts.sights import GONE, HEALTHY, health, waiting


@pytest.fixture(autouse=True)
def quickly(settings: Settings) -> None:
    settings.ALERT_SECONDS = 0.1


def subjects_until(
    condition: Callable[[list[str]], bool], *, leads: bool = True, died: Event | None = None
) -> list[str]:
    """What a watch at work tells until the condition holds."""
    received: list[Message] = []
    carrier = Delivery([Channel("good", received.append)], LINK)
    died = died or Event()
    alerts = AlertWatch(carrier, leads=lambda: leads, died=died.set)
    alerts.start()
    try:
        eventually(lambda: condition([message.subject for message in received]))
    finally:
        alerts.stop()
    return [message.subject for message in received]


def seeing(monkeypatch: pytest.MonkeyPatch, *seen: Health) -> list[Health]:
    """One after the other; the last one from then on."""
    left = list(seen)
    monkeypatch.setattr(watch, "health", lambda: left.pop(0) if len(left) > 1 else left[0])
    return left


@pytest.mark.django_db(transaction=True)
def test_tells_what_is_broken_until_it_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    seeing(monkeypatch, *[waiting(400)] * 5, HEALTHY)
    told = subjects_until(lambda subjects: len(subjects) == 2)
    assert told == ["Critical: Oldest waiting job", "Recovered: Oldest waiting job"]
    assert Alert.objects.get().deliveries.count() == 2


def test_a_database_that_is_away_is_told_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    seeing(monkeypatch, health(database=GONE))
    told = subjects_until(lambda subjects: len(subjects) == 1)
    assert told == ["Critical: Database"]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_while_it_is_asked_costs_one_look(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seeing(monkeypatch, waiting(400))
    gone = [OperationalError("gone")]

    def evaluated(now: datetime, seen: Health) -> list[Told]:
        if gone:
            raise gone.pop()
        return evaluate(now, seen)

    monkeypatch.setattr(watch, "evaluate", evaluated)
    assert subjects_until(lambda subjects: len(subjects) == 1) == ["Critical: Oldest waiting job"]
    assert "rules for alerts not looked at: gone" in caplog.text


def test_who_does_not_lead_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = Event()
    monkeypatch.setattr(watch, "health", looked.set)
    asked: list[bool] = []

    def leads() -> bool:
        asked.append(True)
        return False

    alerts = AlertWatch(Delivery([], LINK), leads=leads, died=Event().set)
    alerts.start()
    eventually(lambda: len(asked) > 2)
    alerts.stop()
    assert not looked.is_set()
    assert not alerts.has_died


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_ours_ends_the_process_instead_of_the_alerts_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    died = Event()

    def fault() -> Health:
        raise ZeroDivisionError

    monkeypatch.setattr(watch, "health", fault)
    subjects_until(lambda subjects: died.is_set(), died=died)
    assert "alerts are not told any more" in caplog.text
