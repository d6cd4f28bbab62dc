from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from accounts_app.models import User
from sessions_app import partials
from sessions_app.forms import NewSessionForm, SpeakerForm, upload_gone_text
from sessions_app.messages import problem_text
from sessions_app.stages.problems import Problem
from tests.factories import SessionFactory, UserFactory
from tests.sessions_app.arriving import arriving

pytestmark = pytest.mark.django_db

SRT = b"1\n00:00:00,000 --> 00:00:02,000\nHello there, everybody.\n"


def form(
    recording: bytes | None = b"sound",
    transcript_file: bytes | None = None,
    owner: User | None = None,
    **data: Any,
) -> NewSessionForm:
    files: dict[str, Any] = {}
    if recording is not None:
        files["recording"] = SimpleUploadedFile("My talk.wav", recording)
    if transcript_file is not None:
        files["transcript_file"] = SimpleUploadedFile("talk.srt", transcript_file)
    given = {"language": "en", "kind": "pitch", **data}
    return NewSessionForm(given, files, owner=owner or UserFactory.create())


def errors(checked: NewSessionForm) -> dict[str, list[str]]:
    return {field: [str(error) for error in found] for field, found in checked.errors.items()}


def test_a_recording_alone_is_enough() -> None:
    checked = form()
    assert errors(checked) == {}
    talk = checked.talk()
    assert talk["media"].read() == b"sound"
    assert (talk["transcript_text"], talk["transcript_format"]) == ("", "")


def test_a_transcript_alone_is_enough() -> None:
    checked = form(recording=None, transcript="Hello there.")
    assert errors(checked) == {}
    assert checked.talk()["transcript_format"] == "txt"
    assert checked.talk()["media"] is None


def test_one_of_both_is_needed() -> None:
    assert errors(form(recording=None, transcript="  ")) == {
        "recording": ["Choose a recording, or give a transcript."]
    }


def test_a_transcript_file_keeps_its_format() -> None:
    checked = form(transcript_file=SRT)
    assert errors(checked) == {}
    assert checked.talk()["transcript_format"] == "srt"
    assert "Hello there" in checked.talk()["transcript_text"]


def test_two_transcripts_are_one_too_many() -> None:
    assert "transcript_file" in errors(form(transcript_file=SRT, transcript="Hello there."))


def test_an_unreadable_transcript_is_refused() -> None:
    assert errors(form(transcript_file=b"\x00\x01\x02\xff\xfe\x00" * 50)) == {
        "transcript_file": [problem_text(Problem.TRANSCRIPT_UNREADABLE)]
    }


def test_an_empty_transcript_file_is_refused() -> None:
    assert errors(form(transcript_file=b"")) == {
        "transcript_file": [problem_text(Problem.TRANSCRIPT_EMPTY)]
    }


def test_a_long_transcript_is_refused(settings: Settings) -> None:
    settings.TRANSCRIPT_MAX_KB = 1
    assert "1 kB" in errors(form(transcript="word " * 300))["transcript"][0]


def test_an_empty_recording_is_refused() -> None:
    assert errors(form(recording=b"")) == {"recording": [problem_text(Problem.EMPTY_FILE)]}


def test_the_quota_counts_what_the_owner_keeps(settings: Settings) -> None:
    settings.USER_QUOTA_MB = 2
    owner = UserFactory.create()
    SessionFactory.create(owner=owner, media_bytes=1024 * 1024)
    SessionFactory.create(media_bytes=1024**3)
    assert errors(form(recording=bytes(1024 * 1024), owner=owner)) == {}
    refused = errors(form(recording=bytes(1024 * 1024 + 1), owner=owner))
    assert "1 MB of your 2 MB" in refused["recording"][0]


def test_drafts_are_made_in_english_only() -> None:
    assert errors(form(language="de")) == {"transcript": [problem_text(Problem.DRAFT_LANGUAGE)]}


def test_a_recording_in_another_language_is_taken_where_a_model_writes_it_down(
    settings: Settings,
) -> None:
    settings.OPENAI_API_KEY = "key"
    assert errors(form(language="de")) == {}
    assert errors(form(language="de", transcript="Guten Tag zusammen.")) == {}


def test_an_untitled_talk_is_named_after_its_file() -> None:
    checked = form()
    assert errors(checked) == {}
    assert checked.talk()["title"] == "My talk"
    given = form(title="Mine")
    assert errors(given) == {}
    assert given.talk()["title"] == "Mine"


def test_a_target_length_is_kept_in_seconds() -> None:
    checked = form(target_minutes="1.5", target_wpm="140")
    assert errors(checked) == {}
    assert (checked.talk()["target_seconds"], checked.talk()["target_wpm"]) == (90, 140)


@pytest.mark.parametrize(
    "data", [{"target_wpm": "0"}, {"target_minutes": "-1"}, {"target_minutes": "nan"}]
)
def test_absurd_targets_are_refused_where_they_can_be_seen(data: dict[str, Any]) -> None:
    checked = form(**data)
    assert set(errors(checked)) == set(data)
    assert checked.opens_options()


def test_only_speakers_of_the_transcript_can_be_chosen() -> None:
    speakers = ("Anna", "Ben")
    assert SpeakerForm({"speaker": "Ben"}, speakers=speakers).is_valid()
    assert not SpeakerForm({"speaker": "Eve"}, speakers=speakers).is_valid()
    assert not SpeakerForm({}, speakers=speakers).is_valid()


def test_without_a_title_the_name_of_a_file_is_taken() -> None:
    titles = []
    for given in (
        form(transcript_file=SRT),
        form(recording=None, transcript_file=SRT),
        form(recording=None, transcript="Hello there."),
        form(title="Mine"),
    ):
        assert errors(given) == {}
        titles.append(given.talk()["title"])
    assert titles == ["My talk", "talk", "Practice talk", "Mine"]


def test_an_upload_is_a_recording() -> None:
    upload = arriving(b"sound")
    checked = form(recording=None, owner=upload.owner, upload=str(upload.pk))
    assert errors(checked) == {}
    talk = checked.talk()
    assert (talk["media"], talk["upload"], talk["title"]) == (None, upload, "My talk")


def test_an_upload_without_a_name_makes_an_untitled_talk() -> None:
    upload = arriving(b"sound", filename="")
    checked = form(recording=None, owner=upload.owner, upload=str(upload.pk))
    assert errors(checked) == {}
    assert checked.talk()["title"] == "Practice talk"


def test_an_upload_has_to_be_complete() -> None:
    upload = arriving(b"sou", length=5)
    assert errors(form(recording=None, owner=upload.owner, upload=str(upload.pk))) == {
        "recording": ["The recording is not completely uploaded yet."]
    }


@pytest.mark.parametrize("named", ["somebody else's", "unknown", "nonsense", "lost"])
def test_an_upload_that_is_not_here_is_said_where_one_is_chosen(named: str) -> None:
    owner = UserFactory.create()
    lost = arriving(b"sound", owner=owner)
    partials.remove(lost.pk)
    text = {
        "somebody else's": str(arriving(b"sound").pk),
        "unknown": str(uuid.uuid4()),
        "nonsense": "x" * 500,
        "lost": str(lost.pk),
    }[named]
    refused = errors(form(recording=None, owner=owner, upload=text))
    assert refused == {"recording": [upload_gone_text()]}


def test_a_file_counts_before_an_upload() -> None:
    upload = arriving(b"sound")
    checked = form(recording=b"file", owner=upload.owner, upload=str(upload.pk))
    assert errors(checked) == {}
    assert checked.talk()["upload"] is None


def test_what_is_wrong_with_a_file_is_said_alone() -> None:
    assert errors(form(recording=b"", upload="nonsense")) == {
        "recording": [problem_text(Problem.EMPTY_FILE)]
    }


def test_the_quota_counts_what_is_on_its_way(settings: Settings) -> None:
    settings.USER_QUOTA_MB = 2
    owner = arriving(b"sou", length=1024 * 1024).owner
    assert errors(form(recording=bytes(1024 * 1024), owner=owner)) == {}
    assert "recording" in errors(form(recording=bytes(1024 * 1024 + 1), owner=owner))
