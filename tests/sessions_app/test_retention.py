from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from sessions_app.models import PracticeSession
from sessions_app.retention import expired_talks
from tests.factories import SessionFactory, UserFactory

pytestmark = pytest.mark.django_db


def expired(server_days: int, own_days: int | None, age_days: int, settings: Settings) -> bool:
    settings.MEDIA_RETENTION_DAYS = server_days
    owner = UserFactory.create(media_retention_days=own_days)
    talk = SessionFactory.create(owner=owner, media="sessions/a/recording")
    created = timezone.now() - timedelta(days=age_days, minutes=1)
    PracticeSession.objects.filter(pk=talk.pk).update(created_at=created)
    return talk in expired_talks()


@pytest.mark.parametrize(
    ("server_days", "own_days", "age_days", "goes"),
    [
        (0, None, 5000, False),
        (0, 30, 29, False),
        (0, 30, 30, True),
        (90, None, 89, False),
        (90, None, 90, True),
        (90, 30, 30, True),
        (90, 30, 29, False),
        (90, 365, 90, True),
    ],
)
def test_recordings_go_when_the_shorter_time_is_over(
    server_days: int, own_days: int | None, age_days: int, goes: bool, settings: Settings
) -> None:
    assert expired(server_days, own_days, age_days, settings) is goes


def test_what_one_person_chose_is_nothing_to_another(settings: Settings) -> None:
    assert expired(0, 7, 8, settings)
    assert not expired(0, 30, 8, settings)
    assert not expired(0, None, 8, settings)
