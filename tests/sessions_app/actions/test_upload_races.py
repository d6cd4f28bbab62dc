"""Two at once on one upload, on real connections of either database."""

from __future__ import annotations

import threading
from contextlib import suppress

import pytest

from sessions_app import actions, partials
from sessions_app.models import PracticeSession, Upload
from tests.factories import UserFactory
from tests.sessions_app.actions.test_races import at_once
from tests.sessions_app.arriving import arriving

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_form_sent_twice_at_once_makes_one_talk() -> None:
    upload = arriving(b"RIFF")
    barrier = threading.Barrier(2)
    made: list[PracticeSession] = []

    def create() -> None:
        barrier.wait(20)
        with suppress(actions.UploadGone):  # when the other was first
            made.append(
                actions.create_session(
                    owner=upload.owner, title="A pitch", language="en", kind="pitch", upload=upload
                )
            )

    at_once(create, create)
    assert PracticeSession.objects.get() == made[0]
    with PracticeSession.objects.get().media.open() as file:
        assert file.read() == b"RIFF"
    assert partials.offset(upload.pk) is None


def test_dropping_and_using_at_once_leave_a_talk_or_nothing() -> None:
    def race() -> None:
        upload = arriving(b"RIFF")
        barrier = threading.Barrier(2)

        def create() -> None:
            barrier.wait(20)
            with suppress(actions.UploadGone):  # when it was dropped first
                actions.create_session(
                    owner=upload.owner, title="A pitch", language="en", kind="pitch", upload=upload
                )

        def drop() -> None:
            barrier.wait(20)
            actions.delete_upload(upload=upload)

        at_once(create, drop)
        assert partials.offset(upload.pk) is None
        for session in PracticeSession.objects.filter(owner=upload.owner):
            with session.media.open() as file:
                assert file.read() == b"RIFF"

    for _ in range(6):
        race()


def test_no_more_than_fits_is_begun_at_once() -> None:
    owner = UserFactory.create()
    barrier = threading.Barrier(3)

    def begin() -> None:
        barrier.wait(20)
        with suppress(actions.NoRoom):
            actions.begin_upload(owner=owner, length=600, filename="", filetype="", room=1_000)

    at_once(begin, begin, begin)
    assert Upload.objects.get().length == 600
