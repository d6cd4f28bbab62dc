from __future__ import annotations

import errno
import os
import threading
import uuid
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from sessions_app import partials
from sessions_app.stages.problems import Problem, StageProblem

RECORDING = bytes(range(256)) * 40


def begun(data: bytes = b"") -> UUID:
    upload = uuid.uuid4()
    partials.create(upload)
    partials.append(upload, 0, [data])
    return upload


def bytes_of(upload: UUID) -> bytes:
    return partials.path_of(upload).read_bytes()


def cut(data: bytes, at: int, size: int) -> Iterator[bytes]:
    while at < len(data):
        yield data[at : at + size]
        at += size


def test_a_new_upload_is_empty_and_private() -> None:
    upload = begun()
    assert partials.offset(upload) == 0
    assert partials.path_of(upload).stat().st_mode & 0o777 == 0o600
    assert partials.path_of(upload).parent.stat().st_mode & 0o777 == 0o700


@given(st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 1_200), st.integers(1, 500))))
def test_whatever_is_sent_the_file_is_a_beginning_of_the_recording(
    pieces: list[tuple[int, int, int]],
) -> None:
    data, upload = RECORDING[:2_500], begun()
    for at, length, size in pieces:
        before = partials.offset(upload)
        piece = data[at : at + length]
        if at == before:
            assert partials.append(upload, at, cut(piece, 0, size)) == at + len(piece)
        else:
            with pytest.raises(partials.OffsetMoved):
                partials.append(upload, at, cut(piece, 0, size))
            assert partials.offset(upload) == before
        assert data.startswith(bytes_of(upload))
    partials.remove(upload)


def test_several_that_send_at_once_leave_the_recording_whole() -> None:
    upload = begun()
    barrier = threading.Barrier(4)

    def send() -> None:
        barrier.wait(20)
        while (at := partials.offset(upload)) != len(RECORDING):
            assert at is not None
            with suppress(partials.OffsetMoved):  # another was first
                partials.append(upload, at, cut(RECORDING, at, 64))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert bytes_of(upload) == RECORDING


def test_a_sender_that_hangs_is_overtaken_and_then_stops() -> None:
    upload = begun()

    def hanging() -> Iterator[bytes]:
        yield RECORDING[:100]
        assert partials.append(upload, 100, [RECORDING[100:300]]) == 300
        yield RECORDING[100:200]

    with pytest.raises(partials.OffsetMoved):
        partials.append(upload, 0, hanging())
    assert bytes_of(upload) == RECORDING[:300]


def test_what_came_before_an_error_is_kept() -> None:
    upload = begun()

    def breaking() -> Iterator[bytes]:
        yield b"abc"
        raise ConnectionResetError(errno.ECONNRESET, "gone")

    with pytest.raises(ConnectionResetError):
        partials.append(upload, 0, breaking())
    assert bytes_of(upload) == b"abc"


def test_a_full_disk_keeps_what_fitted(monkeypatch: pytest.MonkeyPatch) -> None:
    upload = begun()
    write = os.pwrite

    def filling_up(descriptor: int, data: bytes, at: int) -> int:
        if at >= 150:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, data[:70], at)

    monkeypatch.setattr(os, "pwrite", filling_up)
    with pytest.raises(StageProblem) as raised:
        partials.append(upload, 0, [RECORDING[:100], RECORDING[100:400]])
    assert raised.value.problem == Problem.STORAGE
    assert bytes_of(upload) == RECORDING[: partials.offset(upload)]
    assert partials.offset(upload) == 170


def test_a_disk_without_room_for_another_file_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, **kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "touch", full)
    with pytest.raises(StageProblem):
        partials.create(uuid.uuid4())


def test_what_was_removed_takes_nothing_more() -> None:
    upload = begun(b"abc")
    partials.remove(upload)
    partials.remove(upload)
    assert partials.offset(upload) is None
    with pytest.raises(partials.UploadGone):
        partials.append(upload, 3, [b"d"])
    with pytest.raises(partials.UploadGone):
        partials.ArrivedFile(upload)
    assert partials.offset(upload) is None


def store(upload: UUID) -> str:
    with partials.ArrivedFile(upload) as file:
        return default_storage.save(f"sessions/{uuid.uuid4()}/recording", file)


def stored_bytes(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())


def test_storing_copies_no_bytes_and_leaves_the_upload_in_place() -> None:
    upload = begun(RECORDING)
    name = store(upload)
    assert Path(default_storage.path(name)).samefile(partials.path_of(upload))
    partials.remove(upload)
    assert stored_bytes(name) == RECORDING


def test_storing_works_on_a_disk_without_second_names(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    upload = begun(RECORDING)
    assert stored_bytes(store(upload)) == RECORDING
    assert bytes_of(upload) == RECORDING


def test_an_upload_that_goes_while_it_is_stored_is_told() -> None:
    upload = begun(RECORDING)
    with partials.ArrivedFile(upload) as file:
        partials.remove(upload)
        with pytest.raises(partials.UploadGone):
            default_storage.save(f"sessions/{uuid.uuid4()}/recording", file)


def test_an_old_upload_is_young_again_when_it_is_stored() -> None:
    upload = begun(RECORDING)
    os.utime(partials.path_of(upload), (0, 0))
    name = store(upload)
    assert default_storage.get_modified_time(name) > timezone.now() - timedelta(hours=1)


def test_only_our_files_are_listed(settings: Settings, tmp_path: Path) -> None:
    settings.PARTIAL_UPLOADS_DIR = tmp_path
    upload = begun(b"abc")
    (tmp_path / ".DS_Store").touch()
    now = timezone.now()
    assert partials.stored_before(now + timedelta(minutes=1)) == [upload]
    assert partials.stored_before(now - timedelta(minutes=1)) == []
