from __future__ import annotations

import pytest
from django.utils import timezone

from sessions_app.models import RunStage
from speechcoach.backup.named import named_files
from tests.factories import RunFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("output", "named"),
    [
        ({"audio_name": "sessions/a/audio-1.flac"}, {"sessions/a/audio-1.flac"}),
        ({"audio_name": ""}, set()),
        (None, set()),
    ],
)
def test_normalised_audio_is_named(output: object, named: set[str]) -> None:
    run = RunFactory.create()
    RunStage.objects.create(run=run, stage="media", started_at=timezone.now(), output=output)
    assert named_files() == named


def test_recordings_are_named() -> None:
    SessionFactory.create(media="sessions/a/recording")
    SessionFactory.create()
    assert named_files() == {"sessions/a/recording"}
