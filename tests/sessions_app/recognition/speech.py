"""Speech with known words and times, made once by `benchmarks/alignment.py --save`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from sessions_app.recognition.pcm import Recording, open_recording
from sessions_app.speech.tracks import Region

DATA = Path(__file__).parent / "data"
TALK = DATA / "talk.opus"
WORDS: list[tuple[str, int, int]] = [
    (text, start, end)
    for text, start, end in json.loads((DATA / "talk.json").read_text(encoding="utf-8"))
]
TEXT = " ".join(text for text, _, _ in WORDS)


def never_stop() -> None:
    """A check that lets the work go on."""


@contextmanager
def recording(folder: Path) -> Iterator[Recording]:
    with open_recording(TALK, folder, never_stop) as opened:
        yield opened


def silence(seconds: int) -> Recording:
    return Recording(np.zeros(seconds * 16_000, dtype=np.int16))


def regions(words: list[tuple[str, int, int]] = WORDS) -> tuple[Region, ...]:
    """Stretches of speech as a voice detector would find them: pauses of 200 ms part them."""
    found: list[Region] = []
    for _, start, end in words:
        if found and start - found[-1].end_ms < 200:
            found[-1] = Region(found[-1].start_ms, end)
        else:
            found.append(Region(start, end))
    return tuple(found)
