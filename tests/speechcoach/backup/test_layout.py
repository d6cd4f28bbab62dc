from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcoach.backup import layout
from speechcoach.backup.layout import Manifest
from speechcoach.backup.problems import BackupProblem

DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64)
NAMES = st.from_regex(r"[\w.-]+(/[\w. -]*\w)?", fullmatch=True)


def sealed(folder: Path, **changes: Any) -> Manifest:
    layout.write_sums(folder, {})
    values: dict[str, Any] = {
        "format": 1,
        "made_at": datetime(2026, 1, 2, tzinfo=UTC),
        "engine": "sqlite",
        "engine_version": "3.40",
        "migrations": (),
        "missing": (),
        "files": 0,
        "bytes": 0,
        "sums": layout.sum_of(folder / layout.SUMS),
    }
    manifest = Manifest.model_construct(**values | changes)
    layout.write_manifest(folder, manifest)
    return manifest


@given(sums=st.dictionaries(NAMES, DIGESTS))
def test_sums_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, sums: dict[str, str]
) -> None:
    folder = tmp_path_factory.mktemp("sums")
    layout.write_sums(folder, sums)
    assert layout.read_sums(folder) == sums


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert sealed(tmp_path) == layout.read_manifest(tmp_path)


def test_a_folder_without_a_manifest_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(BackupProblem, match="no finished backup"):
        layout.read_manifest(tmp_path)


@pytest.mark.parametrize("text", ["", "{}", "not JSON", "[1]"])
def test_a_damaged_manifest_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / layout.MANIFEST).write_text(text)
    with pytest.raises(BackupProblem, match="is damaged, or of a newer version"):
        layout.read_manifest(tmp_path)


def test_a_manifest_of_a_later_format_is_refused(tmp_path: Path) -> None:
    sealed(tmp_path, format=2)
    with pytest.raises(BackupProblem, match="newer version"):
        layout.read_manifest(tmp_path)


def test_sums_that_were_changed_are_noticed(tmp_path: Path) -> None:
    sealed(tmp_path)
    layout.write_sums(tmp_path, {"media/added": "0" * 64})
    with pytest.raises(BackupProblem, match="is not what was written"):
        layout.read_manifest(tmp_path)


def test_a_file_that_is_gone_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(BackupProblem, match="gone is missing"):
        layout.check_sum(tmp_path, "gone", "0" * 64)
