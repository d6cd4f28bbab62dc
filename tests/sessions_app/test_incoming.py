from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sessions_app import incoming
from tests.factories import SessionFactory, UserFactory
from tests.sessions_app.arriving import arriving

pytestmark = pytest.mark.django_db


def test_an_upload_is_its_owners_alone() -> None:
    upload = arriving(b"abc")
    assert incoming.own_upload(upload.owner, upload.pk) == upload
    assert incoming.own_upload(UserFactory.create(), upload.pk) is None
    assert incoming.named_upload(upload.owner, str(upload.pk)) == upload
    assert incoming.named_upload(UserFactory.create(), str(upload.pk)) is None


@pytest.mark.parametrize("text", ["", "None", "../../etc/passwd", "1"])
def test_other_texts_name_no_upload_and_no_talk(text: str) -> None:
    owner = SessionFactory.create().owner
    assert incoming.named_upload(owner, text) is None
    assert incoming.talk_made_of(owner, text) is None


def test_pending_are_those_without_a_talk_the_oldest_first() -> None:
    owner = UserFactory.create()
    before = timezone.now() - timedelta(hours=1)
    young = arriving(b"abc", length=10, owner=owner)
    old = arriving(b"abc", owner=owner, touched_at=before)
    used = arriving(b"a" * 500, owner=owner, session=SessionFactory.create(owner=owner))
    arriving(b"somebody else's")
    assert list(incoming.pending_of(owner)) == [old, young]
    assert incoming.pending_bytes_of(owner) == 13
    assert incoming.talk_made_of(owner, str(used.pk)) == used.session
    assert incoming.talk_made_of(owner, str(old.pk)) is None


def test_nothing_is_pending_at_first() -> None:
    assert incoming.pending_bytes_of(UserFactory.create()) == 0
