from __future__ import annotations

import errno
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from sessions_app import files
from sessions_app.stages.problems import InputProblem, Problem, StageProblem
from tests.bucket_server import BucketServer, asked


def test_a_local_file_is_used_where_it_is(tmp_path: Path) -> None:
    name = default_storage.save("sessions/a/recording", ContentFile(b"RIFF"))
    path = files.local_path(name, tmp_path)
    assert path.read_bytes() == b"RIFF"
    assert list(tmp_path.iterdir()) == []


def test_audio_is_kept_under_its_name(tmp_path: Path) -> None:
    audio = tmp_path / "audio.flac"
    audio.write_bytes(b"fLaC")
    name = files.keep(audio, "sessions/b/audio-1.flac")
    assert default_storage.open(name).read() == b"fLaC"


def test_of_a_file_in_a_bucket_there_is_a_copy(tmp_path: Path, bucket: BucketServer) -> None:
    name = default_storage.save("sessions/a/recording", ContentFile(b"RIFF" * 100_000))
    path = files.local_path(name, tmp_path)
    assert path == tmp_path / "recording"
    assert path.read_bytes() == b"RIFF" * 100_000


def test_of_one_that_is_gone_there_is_none(tmp_path: Path, bucket: BucketServer) -> None:
    assert not files.local_path("sessions/never/recording", tmp_path).exists()


@pytest.mark.usefixtures("bucket_away")
def test_a_bucket_that_does_not_answer_is_a_problem_worth_a_retry(tmp_path: Path) -> None:
    audio = tmp_path / "audio.flac"
    audio.write_bytes(b"fLaC")
    for step in (
        lambda: files.local_path("sessions/a/recording", tmp_path),
        lambda: files.keep(audio, "sessions/a/audio-1.flac"),
    ):
        with pytest.raises(StageProblem) as caught, files.storage_problems():
            step()
        assert caught.value.problem is Problem.STORAGE
        assert caught.value.detail == "no bucket: EndpointConnectionError"


@pytest.mark.usefixtures("bucket_away")
def test_what_cannot_be_removed_from_a_bucket_is_said_and_left(
    caplog: pytest.LogCaptureFixture,
) -> None:
    files.delete("sessions/a/recording")
    files.delete_folder("sessions/b")
    assert "sessions/a/recording not removed" in caplog.text
    assert "sessions/b not removed" in caplog.text


def test_a_folder_of_a_bucket_goes_as_a_whole(bucket: BucketServer) -> None:
    for name in ("sessions/a/recording", "sessions/a/audio-1.flac", "sessions/b/recording"):
        default_storage.save(name, ContentFile(b"x"))
    files.delete_folder("sessions/a")
    assert bucket.names() == {"sessions/b/recording"}


def test_making_ready_asks_nothing_of_a_bucket(bucket: BucketServer) -> None:
    requests = asked(default_storage)
    files.make_ready()
    assert requests == []


@pytest.mark.parametrize(
    "code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO]
)
def test_a_storage_that_takes_no_more_is_a_problem_worth_a_retry(code: int) -> None:
    with pytest.raises(StageProblem) as caught, files.storage_problems():
        raise OSError(code, "no space left")
    assert caught.value.problem is Problem.STORAGE
    assert not isinstance(caught.value, InputProblem)


def test_other_errors_of_the_system_pass() -> None:
    with pytest.raises(FileNotFoundError), files.storage_problems():
        raise FileNotFoundError(errno.ENOENT, "not there")


def test_audio_that_cannot_be_kept_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    audio = tmp_path / "audio.flac"
    audio.write_bytes(b"fLaC")

    def fill_up(name: str, content: object) -> str:
        default_storage._save(name, ContentFile(b"fL"))  # type: ignore[attr-defined]
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(default_storage, "save", fill_up)
    with pytest.raises(OSError, match="no space"):
        files.keep(audio, "sessions/c/audio-1.flac")
    assert not default_storage.exists("sessions/c/audio-1.flac")


def test_what_cannot_be_removed_is_said_and_left(caplog: pytest.LogCaptureFixture) -> None:
    default_storage.save("sessions/d/inner/file", ContentFile(b"x"))
    files.delete_folder("sessions/d")
    assert "sessions/d not removed" in caplog.text


def test_deleting_a_folder_that_is_gone_is_no_error() -> None:
    files.delete_folder("sessions/never")
