"""Plain text: paragraphs, perhaps with names ("Jane: …") and clock times ("Jane: 00:01:19")."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from sessions_app.transcripts.markup import clean
from sessions_app.transcripts.names import believed, looks_like_name, split_prefix
from sessions_app.transcripts.passages import Passage

_CLOCK = r"[\[(]?(?P<clock>(?:\d{1,2}:)?\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?)[\])]?"
_TIME_FIRST = re.compile(rf"^{_CLOCK}(?:\s*[-–—:]\s*|\s+|$)(?P<rest>.*)$")
_NAME_TIME = re.compile(
    rf"^(?P<name>[^:\d\[(]{{1,50}}?)\s*[:,\-–—]?\s*{_CLOCK}\s*:?\s*(?P<rest>.*)$"
)
_FRONT_MATTER = re.compile(r"\A\s*---\n.*?\n---\s*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^#{1,6}\s")


@dataclass(frozen=True, slots=True)
class _Line:
    """`raw` is the line, its gaps single spaces, used when its time or name is not believed."""

    raw: str
    name: str = ""
    time_ms: int | None = None
    rest: str = ""


def read_plain(text: str) -> tuple[Passage, ...]:
    """Passages of a plain text; Markdown front matter and headings are not spoken."""
    body = _FRONT_MATTER.sub("", text.lstrip("\ufeff"))
    raw = (" ".join(line.split()) for line in body.split("\n"))
    lines = [_read_line(line) for line in raw if line and not _HEADING.match(line)]
    if not _clock_runs(lines):
        lines = [_without_time(line) for line in lines]
    names = _names(lines)
    return _passages([_judged(line, names) for line in lines])


def _read_line(raw: str) -> _Line:
    timed = _TIME_FIRST.match(raw)
    if timed:
        name, rest = split_prefix(timed["rest"])
        return _Line(raw, name, _ms(timed["clock"]), rest)
    headed = _NAME_TIME.match(raw)
    if headed and looks_like_name(headed["name"].strip()):
        return _Line(raw, headed["name"].strip(), _ms(headed["clock"]), headed["rest"])
    name, rest = split_prefix(raw)
    return _Line(raw, name, None, rest)


def _ms(clock: str) -> int:
    seconds = 0.0
    for part in clock.replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return round(seconds * 1000)


def _clock_runs(lines: list[_Line]) -> bool:
    """Times are times of the recording when there are several and they never go back."""
    times = [line.time_ms for line in lines if line.time_ms is not None]
    return len(times) > 1 and all(a <= b for a, b in itertools.pairwise(times))


def _without_time(line: _Line) -> _Line:
    if line.time_ms is None:
        return line
    name, rest = split_prefix(line.raw)
    return _Line(line.raw, name, None, rest)


def _names(lines: list[_Line]) -> dict[str, str]:
    """A name with a time and nothing else is a heading of its own, and proof enough."""
    headed = [line.name for line in lines if line.name and line.time_ms is not None]
    prefixes = [line.name for line in lines if line.name]
    accepted = believed(prefixes, bool(lines and lines[0].name))
    for name in headed:
        accepted.setdefault(name.casefold(), name)
    return accepted


def _judged(line: _Line, names: dict[str, str]) -> _Line:
    shown = names.get(line.name.casefold(), "")
    if line.name and not shown:
        rest = f"{line.name}: {line.rest}" if line.time_ms is not None else line.raw
        return replace(line, name="", rest=rest)
    return replace(line, name=shown)


def _passages(lines: list[_Line]) -> tuple[Passage, ...]:
    """A line with a name or a time opens a passage; the name stays until the next one."""
    opened: list[tuple[str, int | None, list[str]]] = [("", None, [])]
    for line in lines:
        if line.name or line.time_ms is not None:
            opened.append((line.name or opened[-1][0], line.time_ms, []))
        text = clean(line.rest)
        if text:
            opened[-1][2].append(text)
    return tuple(
        Passage(" ".join(texts), speaker, start_ms) for speaker, start_ms, texts in opened if texts
    )
