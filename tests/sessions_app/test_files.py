from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from sessions_app import files
from sessions_app.stages.problems import Problem, StageProblem


def test_a_local_file_is_used_where_it_is(tmp_path: Path) -> None:
    name = default_storage.save("sessions/a/recording", ContentFile(b"RIFF"))
    path = files.local_path(name, tmp_path)
    assert path.read_bytes() == b"RIFF"
    assert list(tmp_path.iterdir()) == []


def test_audio_is_kept_under_its_name(tmp_path: Path) -> None:
    audio = tmp_path / "audio.flac"
    audio.write_bytes(b"fLaC")
    name = files.keep_audio(audio, "sessions/b/audio-1.flac")
    assert default_storage.open(name).read() == b"fLaC"


def test_a_storage_that_takes_no_more_is_a_problem_worth_a_retry(tmp_path: Path) -> None:
    audio = tmp_path / "audio.flac"
    audio.write_bytes(b"fLaC")
    default_storage.save("sessions/c", ContentFile(b"a file where the folder should be"))
    with pytest.raises(StageProblem) as caught:
        files.keep_audio(audio, "sessions/c/audio-1.flac")
    assert caught.value.problem is Problem.STORAGE


def test_deleting_a_folder_that_is_gone_is_no_error() -> None:
    files.delete_folder("sessions/never")
