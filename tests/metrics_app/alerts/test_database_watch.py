from __future__ import annotations

import pytest

from metrics_app.alerts.database_watch import DatabaseWatch
from metrics_app.models import Alert
from tests.metrics_app.alerts.sights import GONE, HEALTHY, MINUTE, NOW, Seen, health, short

AWAY = health(database=GONE)


def looks(watch: DatabaseWatch, *minutes: int) -> list[Seen]:
    told = [each for n in minutes for each in watch.look(AWAY, NOW + n * MINUTE)]
    assert all(each.alert_id is None for each in told)
    assert all(each.finding == "It does not answer: ConnectionError." for each in told)
    return short(told)


def test_tells_without_a_database_now_and_after_the_cooldown() -> None:
    """A test without the mark `django_db` may not touch one."""
    assert looks(DatabaseWatch(), *range(8)) == [
        ("database", "critical", "opened"),
        ("database", "critical", "still_open"),
    ]


@pytest.mark.django_db
def test_when_it_is_back_that_is_told_and_in_the_history() -> None:
    watch = DatabaseWatch()
    looks(watch, 0, 1)
    assert watch.look(HEALTHY, NOW + 2 * MINUTE) == []
    (told,) = watch.look(HEALTHY, NOW + 3 * MINUTE)
    alert = Alert.objects.get()
    assert (told.alert_id, str(told.notice), told.finding) == (alert.pk, "recovered", "It answers.")
    assert (alert.opened_at, alert.closed_at) == (NOW + MINUTE, NOW + 3 * MINUTE)
    assert alert.figures == "It does not answer: ConnectionError."
    assert looks(watch, 20, 21) == [("database", "critical", "opened")]


@pytest.mark.django_db
def test_is_silent_while_the_database_answers() -> None:
    watch = DatabaseWatch()
    assert [watch.look(HEALTHY, NOW + n * MINUTE) for n in range(3)] == [[], [], []]
    assert not Alert.objects.exists()
