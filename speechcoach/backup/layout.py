"""What is where in the folder of a backup."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from speechcoach.backup.problems import BackupProblem

DATABASE: Final = "database"
FILES: Final = "media"
MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
"""As coreutils write and read it, so that `sha256sum --check SHA256SUMS` needs none of ours."""
FORMAT: Final = 1
_MARK: Final = "  "


class Manifest(BaseModel):
    """Written last: a folder without one holds a backup that was never finished.

    `migrations` are those the database had, `missing` the files that rows name and the storage
    lacked, `sums` is the SHA-256 of the file with the sums.
    """

    model_config = ConfigDict(frozen=True)

    format: Literal[1]
    made_at: AwareDatetime
    engine: str
    engine_version: str
    migrations: tuple[str, ...]
    missing: tuple[str, ...]
    files: int
    bytes: int
    sums: str


def sum_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def write_sums(folder: Path, sums: Mapping[str, str]) -> None:
    """`sums` by path within `folder`."""
    lines = (f"{sums[path]}{_MARK}{path}\n" for path in sorted(sums))
    (folder / SUMS).write_text("".join(lines))


def read_sums(folder: Path) -> dict[str, str]:
    lines = (folder / SUMS).read_text().splitlines()
    return {path: digest for digest, _, path in (line.partition(_MARK) for line in lines)}


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """It appears whole or not at all."""
    part = folder / f"{MANIFEST}.part"
    part.write_text(manifest.model_dump_json(indent=2) + "\n")
    part.replace(folder / MANIFEST)


def read_manifest(folder: Path) -> Manifest:
    """Raises `BackupProblem` where there is no finished backup that this version can read."""
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise BackupProblem(
            f"{folder} holds no finished backup: {MANIFEST} is missing, which is written last."
        ) from error
    except ValidationError as error:
        raise BackupProblem(
            f"{folder / MANIFEST} is damaged, or of a newer version of Speech Coach."
        ) from error
    check_sum(folder, SUMS, manifest.sums)
    return manifest


def check_sum(folder: Path, path: str, digest: str) -> None:
    """Raises `BackupProblem` unless the file is there as it was written."""
    try:
        found = sum_of(folder / path)
    except FileNotFoundError as error:
        raise BackupProblem(f"The backup is damaged: {folder / path} is missing.") from error
    if found != digest:
        raise BackupProblem(f"The backup is damaged: {folder / path} is not what was written.")
