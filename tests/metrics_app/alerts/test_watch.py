from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from threading import Event

import pytest
import time_machine
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
from tests.metrics_app.alerts.notices import LINK, TOLD
from tests.metrics_app.alerts.sights import GONE, HEALTHY, MINUTE, NOW, health, waiting

AWAY = health(database=GONE)


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
    seeing(monkeypatch, AWAY)
    told = subjects_until(lambda subjects: len(subjects) == 1)
    assert told == ["Critical: Database"]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_while_it_is_asked_costs_one_look(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seeing(monkeypatch, waiting(400))
    gone = [OperationalError("gone")]

    def evaluated(now: datetime, seen: Health) -> Iterator[Told]:
        if gone:
            raise gone.pop()
        return evaluate(now, seen)

    monkeypatch.setattr(watch, "evaluate", evaluated)
    assert subjects_until(lambda subjects: len(subjects) == 1) == ["Critical: Oldest waiting job"]
    assert "rules for alerts not looked at: gone" in caplog.text


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.django_db(transaction=True)
def test_what_was_told_before_a_fault_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    seeing(monkeypatch, HEALTHY)

    def evaluated(now: datetime, seen: Health) -> Iterator[Told]:
        yield TOLD
        raise ZeroDivisionError

    monkeypatch.setattr(watch, "evaluate", evaluated)
    assert subjects_until(lambda subjects: len(subjects) == 1) == ["Critical: Failed runs"]


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


class Schedulers:
    """Two of them, of which one leads: look by look, of which one comes every minute."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
        settings.ALERT_SECONDS = 60
        self._seeing = partial(seeing, monkeypatch)
        self._minute = 0
        self.received: list[list[str]] = [[], []]
        self._carriers = [
            Delivery([Channel("log", partial(self._receive, number))], LINK) for number in (0, 1)
        ]
        self._watches = [
            AlertWatch(carrier, leads=lambda: True, died=Event().set) for carrier in self._carriers
        ]

    def _receive(self, number: int, message: Message) -> None:
        self.received[number].append(message.subject)

    def look(self, seen: Health, *, leader: int, times: int = 1) -> None:
        self._seeing(seen)
        for _ in range(times):
            with time_machine.travel(NOW + self._minute * MINUTE, tick=False):
                self._watches[leader].look()
                self._watches[1 - leader].look_after()
            self._minute += 1

    def look_both(self, seen: Health, times: int) -> None:
        """As long as nobody can say who leads, each believes to."""
        self._seeing(seen)
        for _ in range(times):
            with time_machine.travel(NOW + self._minute * MINUTE, tick=False):
                for each in self._watches:
                    each.look()
            self._minute += 1

    def close(self) -> None:
        for carrier in self._carriers:
            carrier.close(20)


@pytest.fixture
def schedulers(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Schedulers:
    return Schedulers(monkeypatch, settings)


@pytest.mark.django_db(transaction=True)
def test_who_told_that_the_database_is_away_tells_that_it_is_back_when_another_leads(
    schedulers: Schedulers,
) -> None:
    schedulers.look(AWAY, leader=0, times=2)
    schedulers.look(HEALTHY, leader=1, times=3)
    schedulers.close()
    assert schedulers.received == [["Critical: Database", "Recovered: Database"], []]
    alert = Alert.objects.get()
    assert (alert.opened_at, alert.closed_at) == (NOW + MINUTE, NOW + 3 * MINUTE)


@pytest.mark.django_db(transaction=True)
def test_of_two_that_began_without_a_database_one_tells(schedulers: Schedulers) -> None:
    schedulers.look_both(AWAY, times=8)
    schedulers.look(HEALTHY, leader=1, times=3)
    schedulers.close()
    told = ["Critical: Database", "Still open, critical: Database", "Recovered: Database"]
    assert schedulers.received == [told, []]


@pytest.mark.django_db(transaction=True)
def test_while_it_does_not_lead_it_says_no_more_than_that(schedulers: Schedulers) -> None:
    """Whether the database is away again is told by the one that leads then."""
    schedulers.look(AWAY, leader=0, times=2)
    schedulers.look(HEALTHY, leader=1)
    schedulers.look(AWAY, leader=1, times=8)
    schedulers.close()
    assert schedulers.received == [
        ["Critical: Database"],
        ["Critical: Database", "Still open, critical: Database"],
    ]


@pytest.mark.django_db(transaction=True)
def test_what_it_saw_once_says_nothing_when_it_leads_again(schedulers: Schedulers) -> None:
    schedulers.look(AWAY, leader=0)
    schedulers.look(HEALTHY, leader=1)
    schedulers.look(AWAY, leader=0)
    schedulers.look(HEALTHY, leader=0)
    schedulers.close()
    assert schedulers.received == [[], []]
