"""A talk of five minutes as docs/performance.md has measured it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.capacity.talk import Call, Round, Talk

PAGE: Final = Path(__file__).parents[2] / "docs" / "performance.md"
KEPT: Final = "ours, kept"
PIECES: Final = 5  # of 70 s at most; one request each
DECODING, MINUTES = "decode, write, cut and measure", "5"
IN_MEMORY: Final = "Processor time of a run of five minutes, without its decoder: "


@dataclass(frozen=True, slots=True)
class Measured:
    """`processor` seconds of the worker and its decoder; `memory` of both in MB."""

    talk: Talk
    processor: float
    memory: float


def measured(page: str) -> Measured:
    """Raises `KeyError` for a page without these figures."""
    rows = _rows(page)
    return Measured(_talk(rows[KEPT,]), _processor(page, rows), _memory(rows))


def _talk(row: Mapping[str, str]) -> Talk:
    """The longest call of each round has been measured, the others are taken to be as long: it is
    they that the talk waits for, and limits count calls and tokens whatever they take. Sound is no
    tokens.
    """
    others = int(row["calls"]) - PIECES
    tokens = _number(row["tokens in"]) + _number(row["tokens out"])
    heard = Call(_number(row["longest transcription s"]))
    read = Call(_number(row["longest chain s"]), round(tokens / others))
    own = _number(row["own s"]) / 2
    return Talk((Round(own, (heard,) * PIECES), Round(own, (read,) * others)))


def _processor(page: str, rows: Mapping[tuple[str, ...], Mapping[str, str]]) -> float:
    _, found, rest = page.partition(IN_MEMORY)
    if not found:
        raise KeyError(IN_MEMORY)
    in_memory = float(rest.split(" s ")[0])
    books = sum(float(part.split()[-1]) for part in rest.split("\n")[0].split(" ms ")[:-1])
    return in_memory + books / 1000 + _number(rows[DECODING, MINUTES]["processor s"])


def _memory(rows: Mapping[tuple[str, ...], Mapping[str, str]]) -> float:
    row = rows["5 minutes",]
    return _number(row["job MB"]) + _number(row["decoder MB"])


def _rows(page: str) -> dict[tuple[str, ...], dict[str, str]]:
    """Of all tables, by their first cell, and by their first two; the first of a name counts."""
    found: dict[tuple[str, ...], dict[str, str]] = {}
    heads: list[str] = []
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line[:1] == "|" else []
        if not cells:
            heads = []
        elif not heads:
            heads = cells
        elif set(cells) != {"---"}:
            row = dict(zip(heads, cells, strict=True))
            found.setdefault(tuple(cells[:1]), row)
            found.setdefault(tuple(cells[:2]), row)
    return found


def _number(text: str) -> float:
    return float(text.replace(",", ""))
