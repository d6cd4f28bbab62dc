"""What a process that aligns is asked, and what it answers: a line of JSON each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from sessions_app.recognition.alignment import Alignment
from sessions_app.speech.tracks import Region


@dataclass(frozen=True, slots=True)
class Order:
    """Find `words`, which were heard in `[start_ms, end_ms)`; `speech` counts from its start."""

    start_ms: int
    end_ms: int
    words: Sequence[str]
    speech: Sequence[Region]

    def dump(self) -> bytes:
        speech = [(region.start_ms, region.end_ms) for region in self.speech]
        return _line([self.start_ms, self.end_ms, list(self.words), speech])

    @classmethod
    def load(cls, line: bytes) -> Self:
        start_ms, end_ms, words, speech = json.loads(line)
        return cls(start_ms, end_ms, tuple(words), tuple(Region(*edges) for edges in speech))


def dump_answer(found: Alignment) -> bytes:
    return _line(found.spans)


def load_answer(line: bytes) -> Alignment:
    """Raises `ValueError` for half a line."""
    return Alignment(tuple(span and (span[0], span[1]) for span in json.loads(line)))


def _line(content: object) -> bytes:
    return json.dumps(content).encode() + b"\n"
