from __future__ import annotations

import pytest
from django.core.checks import run_checks
from pytest_django import Settings


def found() -> list[str]:
    return [message.id or "" for message in run_checks() if str(message.id).startswith("speech")]


def test_the_defaults_are_in_order() -> None:
    assert found() == []


@pytest.mark.parametrize(("heartbeat", "lease"), [(5, 9), (20, 20), (0, 20), (-1, 20)])
def test_workers_need_time_to_show_that_they_live(
    settings: Settings, heartbeat: int, lease: int
) -> None:
    settings.HEARTBEAT_SECONDS, settings.LEASE_SECONDS = heartbeat, lease
    assert found() == ["speechcoach.E001"]


def test_twice_the_heartbeat_is_enough(settings: Settings) -> None:
    settings.HEARTBEAT_SECONDS, settings.LEASE_SECONDS = 5, 10
    assert found() == []


@pytest.mark.parametrize("address", ["monitoring.example.com", "10.0.0.0/40", "10.0.0", ""])
def test_what_metrics_are_open_to_are_addresses(settings: Settings, address: str) -> None:
    settings.METRICS_OPEN_TO = ["10.0.0.7", address]
    assert found() == ["speechcoach.E010"]


def test_metrics_may_be_open_to_networks_and_to_nobody(settings: Settings) -> None:
    settings.METRICS_OPEN_TO = ["10.0.0.0/24", "10.0.0.7/24", "fd00::/8"]
    assert found() == []
    settings.METRICS_OPEN_TO = []
    assert found() == []


def test_alerts_need_time_between_two_looks(settings: Settings) -> None:
    settings.ALERT_SECONDS = 0
    assert found() == ["speechcoach.E011"]


def test_a_webhook_is_on_the_web_and_not_shown(settings: Settings) -> None:
    settings.ALERT_WEBHOOK_URL = "file:///etc/passwd"
    assert found() == ["speechcoach.E012"]
    assert "passwd" not in str(run_checks())
    settings.ALERT_WEBHOOK_URL = "https://hooks.slack.com/services/secret"
    assert found() == []
