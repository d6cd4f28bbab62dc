from __future__ import annotations

import io
import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from botocore.exceptions import ResponseStreamingError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from speechcoach.bucket import ATTEMPTS, WINDOW, StoredBytes
from tests.bucket_server import BUCKET, KEY, BucketServer, asked, use
from tests.speechcoach.backup.rehearsing import manage

LARGE = os.urandom(3 * WINDOW + 17)


def stored(content: bytes, name: str = "sessions/a/recording") -> str:
    return default_storage.save(name, ContentFile(content))


def test_what_is_stored_is_read(bucket: BucketServer) -> None:
    name = stored(LARGE)
    assert name == "sessions/a/recording"
    with default_storage.open(name) as file:
        assert file.read() == LARGE
        assert file.size == len(LARGE)
        assert b"".join(file.chunks()) == LARGE


def test_an_empty_file_is_one_too(bucket: BucketServer) -> None:
    with default_storage.open(stored(b"")) as file:
        assert file.read() == b""


def test_a_large_file_is_sent_in_parts(bucket: BucketServer) -> None:
    content = os.urandom(1_000_000) * 9
    with default_storage.open(stored(content)) as file:
        assert file.read() == content


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.integers(0, len(LARGE) + 9), st.integers(0, 2 * WINDOW)), max_size=4
    )
)
def test_it_is_read_as_any_file(bucket: BucketServer, steps: list[tuple[int, int]]) -> None:
    if not default_storage.exists("sessions/same/recording"):
        stored(LARGE, "sessions/same/recording")
    like = io.BytesIO(LARGE)
    with default_storage.open("sessions/same/recording") as file:
        for at, count in steps:
            assert file.seek(at) == like.seek(at)
            assert file.read(count) == like.read(count)
            assert file.tell() == like.tell()


def test_a_little_of_it_is_fetched_as_a_little(bucket: BucketServer) -> None:
    name = stored(LARGE)
    requests = asked(default_storage)
    with default_storage.open(name) as file:
        file.seek(WINDOW)
        assert file.read(100) == LARGE[WINDOW : WINDOW + 100]
        assert file.read(100) == LARGE[WINDOW + 100 : WINDOW + 200]
    assert requests == [("HEAD", ""), ("GET", f"bytes={WINDOW}-{2 * WINDOW - 1}")]


def test_much_of_it_is_fetched_at_once(bucket: BucketServer) -> None:
    name = stored(LARGE)
    requests = asked(default_storage)
    with default_storage.open(name) as file:
        file.read(2 * WINDOW)
    assert requests == [("HEAD", ""), ("GET", f"bytes=0-{2 * WINDOW - 1}")]


def test_all_of_it_is_fetched_at_once(bucket: BucketServer) -> None:
    name = stored(LARGE)
    requests = asked(default_storage)
    with default_storage.open(name) as file:
        assert file.read(9) + file.read() == LARGE
    assert [method for method, _ in requests] == ["HEAD", "GET", "GET"]


def test_nothing_is_written_over(bucket: BucketServer) -> None:
    first, second = stored(b"first"), stored(b"second")
    assert first != second
    assert default_storage.open(first).read() == b"first"


def test_it_has_no_address(bucket: BucketServer) -> None:
    with pytest.raises(NotImplementedError):
        default_storage.url(stored(b"RIFF"))
    with pytest.raises(NotImplementedError):
        default_storage.path("sessions/a/recording")


def test_it_is_open_to_nobody_else(bucket: BucketServer) -> None:
    """As the bucket itself says: nothing that was stored says otherwise."""
    grants = bucket.client().get_object_acl(Bucket=BUCKET, Key=stored(b"RIFF"))["Grants"]
    assert all("URI" not in grant["Grantee"] for grant in grants)


def test_folders_are_listed_and_files_removed(bucket: BucketServer) -> None:
    stored(b"1", "sessions/a/recording")
    stored(b"2", "sessions/b/recording")
    assert sorted(default_storage.listdir("sessions")[0]) == ["a", "b"]
    assert default_storage.listdir("sessions/a") == ([], ["recording"])
    assert default_storage.listdir("sessions/never") == ([], [])
    default_storage.delete("sessions/a/recording")
    default_storage.delete("sessions/a/recording")
    assert not default_storage.exists("sessions/a/recording")
    assert default_storage.size("sessions/b/recording") == 1


def test_old_files_are_known_by_one_request(bucket: BucketServer) -> None:
    names = {stored(b"x", f"sessions/{number}/recording") for number in range(3)}
    stored(b"x", "elsewhere/recording")
    requests = asked(default_storage)
    later, now = timezone.now() + timedelta(minutes=1), timezone.now() - timedelta(minutes=1)
    assert set(default_storage.written_before(later, "sessions")) == names  # type: ignore[attr-defined]
    assert len(requests) == 1
    assert list(default_storage.written_before(now, "sessions")) == []  # type: ignore[attr-defined]


def test_parts_whose_sender_died_go(bucket: BucketServer) -> None:
    client = bucket.client()
    client.create_multipart_upload(Bucket=BUCKET, Key="sessions/a/recording")
    given_up: Callable[..., list[str]] = default_storage.give_up_sending  # type: ignore[attr-defined]
    assert given_up(timezone.now() - timedelta(days=9999), "sessions") == []
    later = timezone.now() + timedelta(days=1)
    assert given_up(later, "sessions") == ["sessions/a/recording"]
    assert client.list_multipart_uploads(Bucket=BUCKET).get("Uploads", []) == []


def test_what_is_not_there_is_not_found(bucket: BucketServer) -> None:
    for look in (default_storage.open, default_storage.size, default_storage.get_modified_time):
        with pytest.raises(FileNotFoundError):
            look("sessions/never/recording")


def test_what_goes_while_it_is_read_is_not_found(bucket: BucketServer) -> None:
    name = stored(b"RIFF")
    with default_storage.open(name) as file:
        default_storage.delete(name)
        with pytest.raises(FileNotFoundError):
            file.read()


def test_a_bucket_that_is_not_there_is_an_error_of_the_system(
    bucket_server: BucketServer, settings: Settings
) -> None:
    use(settings, bucket_server.url, "another")
    with pytest.raises(OSError, match="NoSuchBucket") as caught:
        stored(b"RIFF")
    assert not isinstance(caught.value, FileNotFoundError)


class Broken:
    """An object whose answers break off so many times."""

    content_length = 4

    def __init__(self, times: int) -> None:
        self.times = times

    def get(self, **wanted: str) -> dict[str, Broken]:
        return {"Body": self}

    def read(self) -> bytes:
        self.times -= 1
        if self.times >= 0:
            raise ResponseStreamingError(error="connection reset")
        return b"RIFF"


def test_an_answer_that_breaks_off_is_asked_for_again() -> None:
    assert StoredBytes(Broken(ATTEMPTS - 1), "a").read() == b"RIFF"
    with pytest.raises(OSError, match="ResponseStreamingError"):
        StoredBytes(Broken(ATTEMPTS), "a").read()


@pytest.mark.usefixtures("bucket_away")
def test_a_bucket_that_does_not_answer_is_an_error_of_the_system() -> None:
    for look in (
        lambda: stored(b"RIFF"),
        lambda: default_storage.open("sessions/a/recording"),
        lambda: default_storage.exists("sessions/a/recording"),
        lambda: default_storage.listdir("sessions"),
        lambda: default_storage.delete("sessions/a/recording"),
        lambda: default_storage.size("sessions/a/recording"),
    ):
        with pytest.raises(OSError, match="EndpointConnectionError"):
            look()


@pytest.mark.usefixtures("bucket_away")
def test_an_error_names_no_address_and_no_key() -> None:
    with pytest.raises(OSError, match="no bucket") as caught:
        stored(b"RIFF")
    assert "127.0.0.1" not in str(caught.value)


def test_no_key_is_in_what_is_logged(bucket: BucketServer, live_env: dict[str, str]) -> None:
    environment = {**live_env, **bucket.environment, "LOG_LEVEL": "DEBUG"}
    said = manage(environment, "check_storage")
    assert said.returncode == 0, said.stderr
    assert "s3transfer" in said.stderr  # it is at DEBUG
    assert KEY not in said.stdout + said.stderr


def test_it_is_only_read_when_opened(bucket: BucketServer) -> None:
    with pytest.raises(ValueError, match="save"):
        default_storage.open("sessions/a/recording", "wb")
