"""File names that every system takes."""

from __future__ import annotations

import re
import unicodedata
from itertools import count
from pathlib import PurePosixPath

LONGEST_TITLE = 60
LONGEST_NAME = 60
"""Characters. Four bytes each and a number still fit into the 255 that file systems take."""

_NOT_IN_TITLES = re.compile(r"[^\w-]+")
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')
# No file can have these names on Windows, whatever follows a dot.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def export_filename(title: str, suffix: str, part: str = "") -> str:
    """Words of the title, joined by hyphens, and which part of the report it is."""
    words = filter(None, (title_words(title) or "report", part))
    return f"{'-'.join(words)}.{suffix}"


def title_words(title: str) -> str:
    """Empty for a title without a letter or digit."""
    stem = _NOT_IN_TITLES.sub("-", title).strip("-_")[:LONGEST_TITLE].strip("-_")
    return f"{stem}-" if _DEVICES.match(stem) else stem


def file_name(given: str, otherwise: str) -> str:
    """The name that a file came with, without what a system may refuse or be led astray by."""
    name = PurePosixPath(unicodedata.normalize("NFC", given).replace("\\", "/")).name
    name = _NOT_IN_NAMES.sub("-", name).strip(" .-") or otherwise
    if _DEVICES.match(name):
        name = f"_{name}"
    return _shortened(name)


def _shortened(name: str) -> str:
    """With its ending, by which systems know what to open it with."""
    if len(name) <= LONGEST_NAME:
        return name
    path = PurePosixPath(name)
    return path.stem[: LONGEST_NAME - len(path.suffix[:10])].rstrip(" .") + path.suffix[:10]


class Names:
    """Gives every name once: some systems take "A" and "a" for one."""

    def __init__(self, *taken: str) -> None:
        self._taken = {name.casefold() for name in taken}

    def unique(self, name: str) -> str:
        """`name`, else with the first free number before its ending."""
        path = PurePosixPath(name)
        stem = name.removesuffix(path.suffix)
        for number in count(2):
            if name.casefold() not in self._taken:
                break
            name = f"{stem}-{number}{path.suffix}"
        self._taken.add(name.casefold())
        return name
