from __future__ import annotations

import io
import re
import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from metrics_app.health import Health
from metrics_app.models import AlertDelivery, AlertState
from speechcoach.management.commands import check_alerts
from tests.metrics_app.alerts.sights import GONE, health, runs
from tests.webhook_receiver import webhook_receiver

pytestmark = pytest.mark.django_db(transaction=True)


def said(*arguments: str) -> str:
    output = io.StringIO()
    call_command("check_alerts", *arguments, stdout=output)
    return output.getvalue()


def failing() -> None:
    runs(30, outcome="failed", at=timezone.now() - timedelta(minutes=1))


def test_a_dry_run_shows_what_every_rule_sees_and_changes_nothing() -> None:
    failing()
    text = said("--dry-run")
    assert re.search(
        r"^CRITICAL +error_rate +100\.0 % \(should be at most 10\.0 %\), 30 cases", text, re.M
    )
    assert re.search(r"^unknown +cache_hits +0 of the 20 cases needed", text, re.M)
    assert re.search(r"^ok +redis +It answers\.", text, re.M)
    assert not AlertState.objects.exists()


def test_a_dry_run_says_what_is_off_and_what_could_not_be_asked(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ALERT_DAILY_USD = 0
    monkeypatch.setattr(check_alerts, "health", lambda: health(redis=GONE, queues=()))
    text = said("--dry-run")
    assert re.search(r"^off +daily_cost +has no threshold", text, re.M)
    assert re.search(r"^unknown +oldest_job +could not be asked", text, re.M)
    assert re.search(r"^CRITICAL +redis +It does not answer: ConnectionError", text, re.M)


def test_few_cases_that_are_as_they_should_be_are_enough() -> None:
    runs(2, at=timezone.now() - timedelta(minutes=1))
    text = said("--dry-run")
    assert re.search(r"^ok +error_rate +0\.0 % \(should be at most 5\.0 %\), 2 cases", text, re.M)


def test_what_is_broken_for_the_second_time_is_told(settings: Settings) -> None:
    settings.ALERT_SECONDS = 0.1
    failing()
    with webhook_receiver() as receiver:
        settings.ALERT_WEBHOOK_URL = receiver.url
        assert said().endswith("Nothing to tell.\n")
        time.sleep(0.1)
        assert said().endswith("Told: error_rate (opened)\n")
    assert len(receiver.texts) == 1
    assert "Critical: Failed runs" in receiver.texts[0]
    assert "/staff/metrics/" in receiver.texts[0]
    assert AlertDelivery.objects.filter(delivered=True).count() == 2


def test_a_database_that_is_away_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> Health:
        return health(database=GONE)

    monkeypatch.setattr(check_alerts, "health", gone)
    with pytest.raises(CommandError, match="The database does not answer: ConnectionError"):
        said()
