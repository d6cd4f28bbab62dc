from __future__ import annotations

import pytest
from pytest_django import Settings

from sessions_app.holdings import holdings, talk_ids, whole_talk
from sessions_app.models import Upload
from tests.factories import SessionFactory, UserFactory

pytestmark = pytest.mark.django_db
MB = 1024 * 1024


def test_counts_what_is_kept_and_what_is_on_its_way(settings: Settings) -> None:
    settings.USER_QUOTA_MB = 8
    owner = UserFactory.create()
    SessionFactory.create(owner=owner, media="sessions/a/recording", media_bytes=MB)
    SessionFactory.create(owner=owner)
    SessionFactory.create(media="sessions/b/recording", media_bytes=MB)
    Upload.objects.create(owner=owner, length=MB, filename="a.wav")
    held = holdings(owner)
    assert (held.talks, held.recordings, held.megabytes, held.share) == (2, 1, 2.0, 25.0)


def test_of_nothing_there_is_nothing() -> None:
    held = holdings(UserFactory.create())
    assert (held.talks, held.recordings, held.megabytes, held.share) == (0, 0, 0.0, 0.0)


def test_a_space_that_was_made_smaller_is_full(settings: Settings) -> None:
    owner = UserFactory.create()
    SessionFactory.create(owner=owner, media="sessions/a/recording", media_bytes=9 * MB)
    for quota in (8, 0):
        settings.USER_QUOTA_MB = quota
        assert holdings(owner).share == 100.0


def test_talks_are_those_of_their_owner_oldest_first() -> None:
    owner = UserFactory.create()
    first, second = SessionFactory.create(owner=owner), SessionFactory.create(owner=owner)
    other = SessionFactory.create()
    assert talk_ids(owner) == [first.pk, second.pk]
    assert whole_talk(owner, first.pk) == first
    assert whole_talk(owner, other.pk) is None
