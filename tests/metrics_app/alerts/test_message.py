from __future__ import annotations

from datetime import timedelta

from pytest_django import Settings

from metrics_app.alerts.message import message
from metrics_app.models import Notice, Severity
from tests.metrics_app.alerts.notices import LINK, TOLD, told
from tests.metrics_app.alerts.sights import NOW


def test_says_what_was_found_and_where_to_look() -> None:
    found = message(TOLD, LINK, {})
    assert found.subject == "Critical: Failed runs"
    assert found.body == f"{TOLD.finding}\n{TOLD.figures}\n{LINK}"
    assert (found.is_urgent, found.is_over) == (True, False)


def test_says_since_when_what_is_still_open() -> None:
    later = told(notice=Notice.STILL_OPEN, severity=Severity.WARNING, at=NOW + timedelta(hours=1))
    found = message(later, LINK, {})
    assert found.subject == "Still open, warning: Failed runs"
    assert "Told first: 2 March 2026, 12:00" in found.body
    assert (found.is_urgent, found.is_over) == (False, False)


def test_says_that_something_critical_is_still_open() -> None:
    found = message(told(notice=Notice.STILL_OPEN), LINK, {})
    assert found.subject == "Still open, critical: Failed runs"
    assert (found.is_urgent, found.is_over) == (True, False)


def test_says_that_it_is_over() -> None:
    found = message(told(notice=Notice.RECOVERED), LINK, {})
    assert found.subject == "Recovered: Failed runs"
    assert (found.is_urgent, found.is_over) == (False, True)


def test_does_not_call_it_recovered_when_it_is_only_seen_no_more() -> None:
    found = message(told(notice=Notice.RECOVERED, unseen=True), LINK, {})
    assert found.subject == "No longer seen: Failed runs"
    assert found.is_over


def test_says_which_other_channel_fails() -> None:
    found = message(TOLD, LINK, {"webhook": "HTTP 500"})
    assert "Notices by webhook do not arrive: HTTP 500\n" in found.body


def test_speaks_the_language_of_the_installation(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "de"
    found = message(told(notice=Notice.STILL_OPEN), LINK, {})
    assert "2. März 2026" in found.body
