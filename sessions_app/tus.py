"""The words of the tus protocol: what its headers say. https://tus.io/protocols/resumable-upload"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import PureWindowsPath
from typing import Final

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,termination"
PIECE: Final = "application/offset+octet-stream"
_DIGITS: Final = 15  # a petabyte; Python reads no number of any length


def number(text: str | None) -> int | None:
    """A length or an offset in bytes; `None` for what is none."""
    if text is None or len(text) > _DIGITS or not (text.isascii() and text.isdigit()):
        return None
    return int(text)


def metadata(header: str) -> dict[str, str]:
    """The pairs of `Upload-Metadata`. A value that cannot be read is empty: it is only a name."""
    pairs = (pair.split() for pair in header.split(","))
    return {words[0]: _decoded("".join(words[1:])) for words in pairs if words}


def as_header(pairs: Mapping[str, str]) -> str:
    """`Upload-Metadata` that says this; empty values are left out."""
    return ",".join(
        f"{key} {b64encode(value.encode()).decode()}" for key, value in pairs.items() if value
    )


def plain_text(text: str, limit: int) -> str:
    """What anybody may have written, fit for a row and a page."""
    return "".join(filter(str.isprintable, text))[:limit]


def plain_name(path: str, limit: int) -> str:
    """The last part of a path of any system."""
    return PureWindowsPath(plain_text(path, len(path))).name[:limit]


def _decoded(value: str) -> str:
    try:
        return b64decode(value, validate=True).decode()
    except ValueError:
        return ""
