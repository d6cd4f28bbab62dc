"""Zips as what is in them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO

from sessions_app.exports.archive import Entry, zipped


def unpacked(entries: Iterable[Entry]) -> dict[str, bytes]:
    """Contents by name; names are there once."""
    return contents(b"".join(zipped(entries)))


def contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        assert len({name.casefold() for name in names}) == len(names)
        return {name: archive.read(name) for name in names}
