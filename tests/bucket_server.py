"""A server of S3-compatible storage as a process of its own: moto's, which keeps all in memory.

It believes every key; nothing else of it is unlike a real one as far as is asked here.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import boto3
import pytest
from botocore.exceptions import BotoCoreError
from pytest_django import Settings

from tests.deadline import eventually
from tests.ports import free_port

BUCKET: Final = "talks"
REGION: Final = "us-east-1"
KEY: Final = "only-for-tests"
STARTING: Final = 60.0  # seconds, on a busy machine


@dataclass(frozen=True, slots=True)
class BucketServer:
    url: str

    @property
    def environment(self) -> dict[str, str]:
        """For programs that are to use it."""
        return {
            "S3_BUCKET": BUCKET,
            "S3_ENDPOINT_URL": self.url,
            "S3_REGION": REGION,
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": KEY,
        }

    def client(self) -> Any:
        return boto3.client(
            "s3",
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id=KEY,
            aws_secret_access_key=KEY,
        )

    def names(self) -> set[str]:
        """Of all that is in the bucket."""
        pages = self.client().get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
        return {item["Key"] for page in pages for item in page.get("Contents", ())}


@contextmanager
def running() -> Iterator[BucketServer]:
    """With the bucket in it."""
    server = BucketServer(f"http://127.0.0.1:{(port := free_port())}")
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        eventually(lambda: _answers(server, process), seconds=STARTING, what="the bucket is there")
        server.client().create_bucket(Bucket=BUCKET)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


def _answers(server: BucketServer, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, "the server of the bucket ended"
    try:
        server.client().list_buckets()
    except BotoCoreError:
        return False
    return True


@pytest.fixture(scope="session")
def bucket_server() -> Iterator[BucketServer]:
    with running() as server:
        yield server


@pytest.fixture
def bucket(bucket_server: BucketServer, settings: Settings) -> Iterator[BucketServer]:
    """Where the files of this test are."""
    use(settings, bucket_server.url)
    yield bucket_server
    for name in bucket_server.names():
        bucket_server.client().delete_object(Bucket=BUCKET, Key=name)


@pytest.fixture
def bucket_away(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that nobody answers for, asked once."""
    monkeypatch.setattr("speechcoach.bucket.ATTEMPTS", 1)
    use(settings, f"http://127.0.0.1:{free_port()}")


def use(settings: Settings, url: str, name: str = BUCKET) -> None:
    """Put the files of this process there."""
    options = {"bucket_name": name, "endpoint_url": url, "region_name": REGION}
    default = {"BACKEND": "speechcoach.bucket.Bucket", "OPTIONS": options}
    settings.AWS_ACCESS_KEY_ID = settings.AWS_SECRET_ACCESS_KEY = KEY
    settings.STORAGES = {**settings.STORAGES, "default": default}


def asked(storage: Any) -> list[tuple[str, str]]:
    """Fills with what is asked of the bucket from now on: methods and ranges."""
    requests: list[tuple[str, str]] = []

    def note(request: Any, **_: object) -> None:
        span = request.headers.get("Range", b"")
        requests.append((request.method, span.decode() if isinstance(span, bytes) else span))

    storage.connection.meta.client.meta.events.register("before-send.s3", note)
    return requests
