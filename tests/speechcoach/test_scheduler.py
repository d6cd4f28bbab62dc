from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command

from metrics_app.alerts.watch import AlertWatch
from sessions_app.scheduler import Scheduler

pytestmark = pytest.mark.django_db

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@pytest.fixture(autouse=True)
def own_handlers() -> Iterator[None]:
    """The command takes over what these tests are ended by."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What happens to the alerts, which are not looked at."""
    seen: list[str] = []
    monkeypatch.setattr(AlertWatch, "start", lambda _: seen.append("started"))
    monkeypatch.setattr(AlertWatch, "stop", lambda _: seen.append("stopped"))
    return seen


def test_alerts_are_stopped_with_it(monkeypatch: pytest.MonkeyPatch, watched: list[str]) -> None:
    monkeypatch.setattr(Scheduler, "run", lambda _: watched.append("at work"))
    call_command("scheduler")
    assert watched == ["started", "at work", "stopped"]


def test_alerts_are_stopped_also_when_it_breaks(
    monkeypatch: pytest.MonkeyPatch, watched: list[str]
) -> None:
    def break_down(_: Scheduler) -> None:
        raise KeyError("a fault of ours")

    monkeypatch.setattr(Scheduler, "run", break_down)
    with pytest.raises(KeyError):
        call_command("scheduler")
    assert watched == ["started", "stopped"]


def test_it_fails_when_alerts_died(monkeypatch: pytest.MonkeyPatch, watched: list[str]) -> None:
    monkeypatch.setattr(Scheduler, "run", lambda _: watched.append("at work"))
    monkeypatch.setattr(AlertWatch, "__init__", lambda *_, **__: None)
    monkeypatch.setattr(AlertWatch, "has_died", True, raising=False)
    with pytest.raises(CommandError, match="Alerts could not be looked at"):
        call_command("scheduler")
