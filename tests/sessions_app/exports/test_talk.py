from __future__ import annotations

import json

import pytest
from django.core.files.base import ContentFile

from sessions_app.exports.talk import talk_entries
from sessions_app.models import PracticeSession
from tests.factories import RunFactory
from tests.sessions_app.exports.unpacked import unpacked
from tests.sessions_app.finished import finished_run
from tests.sessions_app.samples import TRANSCRIPTION

pytestmark = pytest.mark.django_db

FORMS = {"report.md", "report.json", "findings.csv", "words.csv", "words.srt", "words.vtt"}


def recorded(session: PracticeSession, filename: str) -> PracticeSession:
    session.media.save("recording", ContentFile(b"sound"), save=False)
    session.media_filename = filename
    session.save()
    return session


def test_the_recording_is_there_under_its_own_name_beside_every_form() -> None:
    session = recorded(finished_run().session, "my talk.webm")
    files = unpacked(talk_entries(session))
    assert set(files) == {"README.txt", "my talk.webm", *FORMS}
    assert files["my talk.webm"] == b"sound"
    assert json.loads(files["report.json"])["session"]["id"] == str(session.pk)


def test_the_readme_says_what_is_what() -> None:
    session = recorded(finished_run(session__title="Bees").session, "my talk.webm")
    readme = unpacked(talk_entries(session))["README.txt"].decode()
    assert readme.startswith("Bees\n====\n")
    assert all(name in readme for name in {"my talk.webm", *FORMS})


def test_a_recording_that_is_called_like_a_form_is_renamed() -> None:
    session = recorded(finished_run().session, "Report.MD")
    files = unpacked(talk_entries(session))
    assert files["Report-2.MD"] == b"sound"
    assert "Report-2.MD: the recording" in files["README.txt"].decode()


def test_a_talk_without_a_report_has_what_was_given() -> None:
    run = RunFactory.create(
        session__transcript_text="Good morning.", session__transcript_format="txt"
    )
    files = unpacked(talk_entries(recorded(run.session, "a.wav")))
    assert set(files) == {"README.txt", "a.wav", "transcript.txt"}
    assert files["transcript.txt"] == b"Good morning."
    assert "no report" in files["README.txt"].decode()


def test_without_times_there_are_no_subtitles() -> None:
    from_text = {"transcription": lambda context, check: untimed()}
    files = unpacked(talk_entries(finished_run(own=from_text).session))
    assert not {"words.srt", "words.vtt"} & set(files)
    assert "subtitles" not in files["README.txt"].decode()


def untimed() -> object:
    words = tuple(type(word)(word.text) for word in TRANSCRIPTION.words)
    return type(TRANSCRIPTION)(
        words=words, source=TRANSCRIPTION.source, timing=type(TRANSCRIPTION.timing)("none"),
        language="en", engine="",
    )  # fmt: skip


def test_of_a_recording_that_is_gone_the_readme_says_so() -> None:
    session = finished_run(session__media_filename="a.wav").session
    assert "removed before" in unpacked(talk_entries(session))["README.txt"].decode()
