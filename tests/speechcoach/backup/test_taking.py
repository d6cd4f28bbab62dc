from __future__ import annotations

import stat
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from sessions_app import actions
from sessions_app.models import PracticeSession
from speechcoach.backup import taking
from speechcoach.backup.engines import engine
from speechcoach.backup.layout import DATABASE, MANIFEST, SUMS, read_manifest, read_sums
from speechcoach.backup.named import named_files
from speechcoach.backup.problems import BackupProblem
from tests.speechcoach.backup.rehearsing import postgres_on_path
from tests.speechcoach.backup.talks import recording_of, replace_recording, talk_with_recording

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", postgres_on_path())


def elsewhere(work: Callable[[], object]) -> None:
    """As another process does it: over a connection of its own, and committed."""

    def run() -> None:
        work()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def after_look(monkeypatch: pytest.MonkeyPatch, number: int, work: Callable[[], object]) -> None:
    """Something happens right after the files that rows name were listed for the nth time."""
    before = vars(taking)["named_files"]
    looks = []

    def look() -> set[str]:
        found: set[str] = before()
        looks.append(found)
        if len(looks) == number:
            elsewhere(work)
        return found

    monkeypatch.setattr(taking, "named_files", look)


def files_of(folder: Path) -> set[str]:
    return {path.removeprefix("media/") for path in read_sums(folder) if path != DATABASE}


def test_a_talk_that_comes_in_meanwhile_has_its_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk_with_recording(b"first")
    after_look(monkeypatch, 1, lambda: talk_with_recording(b"second"))
    taking.take(tmp_path)
    assert files_of(tmp_path) == named_files()


def test_the_database_is_of_the_moment_at_which_its_files_were_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = talk_with_recording(b"first")
    after_look(monkeypatch, 2, lambda: talk_with_recording(b"too late"))
    taking.take(tmp_path)
    assert files_of(tmp_path) == {first.media.name}


def test_a_recording_that_takes_anothers_place_meanwhile_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talks: list[PracticeSession] = []
    after_look(monkeypatch, 2, lambda: replace_recording(talks[0]))
    after_look(monkeypatch, 1, lambda: talks.append(talk_with_recording(b"as it came")))
    manifest = taking.take(tmp_path)
    assert manifest.missing == ()
    assert files_of(tmp_path) == named_files()


def test_what_is_deleted_meanwhile_is_in_no_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, deleted = talk_with_recording(b"kept"), talk_with_recording(b"deleted")
    after_look(monkeypatch, 1, lambda: actions.delete_session(session=deleted))
    taking.take(tmp_path)
    assert files_of(tmp_path) == {kept.media.name}
    assert not (tmp_path / "media" / recording_of(deleted)).exists()


def test_a_lost_file_does_not_stop_it(tmp_path: Path) -> None:
    lost, kept = talk_with_recording(b"lost"), talk_with_recording(b"kept")
    default_storage.delete(recording_of(lost))
    manifest = taking.take(tmp_path)
    assert manifest.missing == (lost.media.name,)
    assert files_of(tmp_path) == {kept.media.name}


def test_coreutils_can_check_it(tmp_path: Path) -> None:
    talk_with_recording(b"sound")
    taking.take(tmp_path)
    command = ["sha256sum", "--check", "--quiet", SUMS]
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0


def test_it_is_for_nobody_else_to_read(tmp_path: Path) -> None:
    taking.take(tmp_path / "backup")
    assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o700


def test_the_manifest_says_what_is_in_it(tmp_path: Path) -> None:
    talk_with_recording(b"12345")
    manifest = taking.take(tmp_path)
    assert read_manifest(tmp_path) == manifest
    assert (manifest.files, manifest.bytes) == (1, 5)
    assert manifest.engine == connection.vendor
    assert manifest.engine_version[0].isdigit()
    assert "sessions_app.0001_initial" in manifest.migrations


def test_what_broke_off_has_no_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill_up(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(taking, "write_sums", fill_up)
    with pytest.raises(OSError, match="No space"):
        taking.take(tmp_path)
    assert not (tmp_path / MANIFEST).exists()
    with pytest.raises(BackupProblem, match="is not empty"):
        taking.take(tmp_path)


def test_others_write_while_the_database_is_frozen(tmp_path: Path) -> None:
    with engine().snapshot() as dump:
        assert named_files() == set()
        elsewhere(lambda: talk_with_recording(b"written meanwhile"))
        assert named_files() == set()
        dump(tmp_path / DATABASE)
    assert len(named_files()) == 1
