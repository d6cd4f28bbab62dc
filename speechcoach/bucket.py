"""Recordings in a bucket of S3-compatible storage, with the manners of a local folder.

Errors are `OSError`, as those of a disk are: `FileNotFoundError` for what is not there, and EIO for
a bucket that does not answer or does not do what it is asked. Needs the packages of
`requirements-s3.txt`.
"""

from __future__ import annotations

import errno
import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    HTTPClientError,
    IncompleteReadError,
)
from django.core.files.base import File
from storages.backends.s3 import S3Storage

WINDOW: Final = 256 * 1024
"""Bytes that reading little asks for. Who reads more at once gets as much by one request."""
NOWHERE: Final = ("404", "NoSuchKey")
ATTEMPTS: Final = 4  # of each request, within some seconds
CONNECT_SECONDS: Final = 5
READ_SECONDS: Final = 30
CONNECTIONS: Final = 32  # that may stay open, of all threads of a process
SENT_AT_ONCE: Final = 2  # parts of one large file, 8 MB of memory each


class Bucket(S3Storage):  # type: ignore[misc]
    """A private one: what is in it has no address, and nothing is ever written over."""

    def __init__(self, *, bucket_name: str, endpoint_url: str = "", region_name: str = "") -> None:
        super().__init__(
            bucket_name=bucket_name,
            endpoint_url=endpoint_url or None,
            region_name=region_name or None,
            file_overwrite=False,
            client_config=_client_config(endpoint_url),
            transfer_config=TransferConfig(max_concurrency=SENT_AT_ONCE),
        )

    @cached_property
    def connection(self) -> Any:
        """One for all threads; its client may be used by several at once."""
        return self._create_session().resource(
            "s3",
            region_name=self.region_name,
            endpoint_url=self.endpoint_url,
            config=self.client_config,
        )

    def url(self, *args: object, **kwargs: object) -> str:
        raise NotImplementedError("Recordings are heard through the view of their owner alone.")

    def exists(self, name: str) -> bool:
        with os_errors(name):
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        with os_errors(name):
            return int(super().size(name))

    def delete(self, name: str) -> None:
        with os_errors(name):
            super().delete(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with os_errors(path):
            folders, files = super().listdir(path)
        return folders, files

    def get_modified_time(self, name: str) -> datetime:
        with os_errors(name):
            modified: datetime = super().get_modified_time(name)
        return modified

    def written_before(self, moment: datetime, folder: str) -> Iterator[str]:
        """Names of files below a folder: a request for a thousand, not some for each."""
        with os_errors(folder):
            for item in self.bucket.objects.filter(Prefix=f"{folder}/"):
                if item.last_modified < moment:
                    yield str(item.key)

    def give_up_sending(self, before: datetime, folder: str) -> list[str]:
        """Drop the parts of large files whose sender died; they are in no list and cost money."""
        with os_errors(folder):
            uploads = self.bucket.multipart_uploads.filter(Prefix=f"{folder}/")
            dead = [upload for upload in uploads if upload.initiated < before]
            for upload in dead:
                upload.abort()
        return [upload.object_key for upload in dead]

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        """For reading alone. Nothing is fetched before it is read."""
        if mode != "rb":
            raise ValueError(f"{name} is not opened as {mode!r}: `save` stores files.")
        return File(io.BufferedReader(StoredBytes(self.bucket.Object(name), name), WINDOW), name)

    def _save(self, name: str, content: Any) -> str:
        with os_errors(name):
            return str(super()._save(name, content))


class StoredBytes(io.RawIOBase):
    """Reads an object range by range, each by a request of its own: nothing stays open between two
    of them, however long a player pauses. Raises `FileNotFoundError`.
    """

    def __init__(self, stored: Any, name: str) -> None:
        self._stored = stored
        self._name = name
        self._at = 0
        with os_errors(name):
            self._size: int = stored.content_length

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if begin + offset < 0:
            raise ValueError(f"before the beginning: {begin + offset}")
        self._at = begin + offset
        return self._at

    def readinto(self, target: Any) -> int:
        found = self._next(len(target))
        target[: len(found)] = found
        return len(found)

    def readall(self) -> bytes:
        """By one request; Python's own would make one for every 8 kB."""
        return self._next(self._size)

    def _next(self, most: int) -> bytes:
        end = min(self._at + most, self._size)
        if end <= self._at:
            return b""
        with os_errors(self._name):
            found = self._fetched(f"bytes={self._at}-{end - 1}")
        self._at += len(found)
        return found

    def _fetched(self, wanted: str) -> bytes:
        """botocore asks again until an answer begins; one that breaks off is asked for too."""
        for _ in range(ATTEMPTS - 1):
            body = self._stored.get(Range=wanted)["Body"]
            with suppress(HTTPClientError, IncompleteReadError):
                return bytes(body.read())
        return bytes(self._stored.get(Range=wanted)["Body"].read())


@contextmanager
def os_errors(name: str) -> Iterator[None]:
    """Turns what boto3 raises into `OSError`, whose text names no key and no address."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in NOWHERE:
            raise FileNotFoundError(errno.ENOENT, "not in the bucket", name) from error
        raise OSError(errno.EIO, f"the bucket answers {code}", name) from error
    except (BotoCoreError, Boto3Error) as error:
        raise OSError(errno.EIO, f"no bucket: {type(error).__name__}", name) from error


def _client_config(endpoint_url: str) -> Config:
    """Servers other than Amazon's often lack the checksums that newer clients add."""
    wanted = "when_required" if endpoint_url else "when_supported"
    return Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        max_pool_connections=CONNECTIONS,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        request_checksum_calculation=wanted,
        response_checksum_validation=wanted,
    )
