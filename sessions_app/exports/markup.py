"""Text as Markdown that shows it as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~])")
_AT_START = re.compile(r"^([#+=-]|\d+(?=[.)](?:\s|$)))")


def plain(text: str) -> str:
    """On one line, and nothing in it means anything to Markdown or HTML."""
    line = _ANYWHERE.sub(r"\\\1", " ".join(text.split()))
    return _AT_START.sub(_escaped, line).replace("&", "&amp;")


def _escaped(match: re.Match[str]) -> str:
    sign = match[0]
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"


def quoted(text: str) -> str:
    return f"“{plain(text)}”"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Cells are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(cells)} |" for cells in lines]
