"""SRT and WebVTT: cues with times.

Subtitle libraries drop what a coach needs (voices, a cue that ends in a number) or stop at the
first irregular line, so the few rules are written out here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

_CLOCK = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
TIME_LINE = re.compile(rf"^[ \t]*{_CLOCK}[ \t]*--?>[ \t]*{_CLOCK}", re.MULTILINE)
# Blocks of WebVTT that nobody says, up to the next blank line.
_UNSPOKEN = re.compile(r"^(?:NOTE|STYLE|REGION|X-TIMESTAMP-MAP)\b")
_INLINE_TIME = re.compile(r"<(?:\d+:)?\d\d:\d\d\.\d{3}>")


@dataclass(frozen=True, slots=True)
class Cue:
    """Lines as written, markup included; `start_ms <= end_ms`."""

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


@dataclass(slots=True)
class _Open:
    start_ms: int
    end_ms: int
    lines: list[str] = field(default_factory=list)

    def closed(self) -> Cue:
        lines = tuple(line.strip() for line in self.lines if line.strip())
        return Cue(self.start_ms, max(self.start_ms, self.end_ms), lines)


def read_cues(text: str) -> tuple[Cue, ...]:
    """Cues sorted by start; cues without text are left out. Never raises."""
    opened: list[_Open] = []
    for block in _blocks(text):
        _read_block(block, opened)
    cues = sorted((cue.closed() for cue in opened), key=lambda cue: cue.start_ms)
    if _INLINE_TIME.search(text):
        cues = _without_roll_up(cues)
    return tuple(cue for cue in cues if cue.lines)


def _blocks(text: str) -> list[list[str]]:
    """Runs of lines between blank lines."""
    blocks: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            blocks[-1].append(line)
        else:
            blocks.append([])
    return [block for block in blocks if block]


def _read_block(block: list[str], opened: list[_Open]) -> None:
    """Adds the block's cues; a block without times goes on with the cue before it."""
    if _UNSPOKEN.match(block[0]):
        return
    for position, line in enumerate(block):
        match = TIME_LINE.match(line)
        if match:
            opened.append(_Open(_ms(match.groups()[:4]), _ms(match.groups()[4:])))
        elif opened and not _is_identifier(block, position):
            opened[-1].lines.append(line)


def _is_identifier(block: list[str], position: int) -> bool:
    """The line above a time line names its cue: any line opening a block, else a bare number."""
    if position + 1 >= len(block) or not TIME_LINE.match(block[position + 1]):
        return False
    return position == 0 or block[position].strip().isdigit()


def _ms(groups: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, fraction = groups
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def _without_roll_up(cues: list[Cue]) -> list[Cue]:
    """Live captions repeat the line above the new one: keep each line where it first appears."""
    kept: list[Cue] = []
    before: frozenset[str] = frozenset()
    for cue in cues:
        plain = tuple(re.sub(r"<[^<>]*>", "", line).strip() for line in cue.lines)
        fresh = tuple(
            line for line, bare in zip(cue.lines, plain, strict=True) if bare not in before
        )
        kept.append(replace(cue, lines=fresh))
        before = frozenset(plain)
    return kept
