"""A rough draft of what was said, by the engine that comes with us. English only."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

from sessions_app.recognition.engine import UNKNOWN_SPEECH, Heard, draft_engine
from sessions_app.recognition.pcm import Recording
from sessions_app.speech.tracks import Region
from sessions_app.speech.words import Word

# Two seconds of work on one core, so that a stop is noticed in time.
_SEGMENT_MS = 10_000
_MARGIN_MS = 200
# The language model has no hesitations: "um" and "uh" come out as speech without a word. In
# spontaneous speech with six of them all were found so, with one false one below these bounds.
_HESITATION = "uh"
_HESITATION_MS = 150
_HESITATION_CONFIDENCE = 0.6
# What it is, um or uh or a word unknown, stays a guess.
_HESITATION_TRUST = 0.5


def draft(
    recording: Recording,
    speech: Sequence[Region],
    pauses_ms: Sequence[int],
    check: Callable[[], None],
) -> tuple[Word, ...]:
    """Words with times and confidence. `pauses_ms` are good places to cut long stretches."""
    engine = draft_engine()
    words: list[Word] = []
    for start, end in _segments(speech, pauses_ms, recording.duration_ms):
        check()
        heard = engine.hear(recording.slice(start, end))
        words.extend(word for item in heard if (word := _word(item, start)))
    return tuple(words)


def _word(heard: Heard, offset_ms: int) -> Word | None:
    start, end = heard.start_ms + offset_ms, heard.end_ms + offset_ms
    if heard.is_word:
        return Word(heard.text, start, end, round(heard.confidence, 3))
    hesitated = (
        heard.text == UNKNOWN_SPEECH
        and end - start >= _HESITATION_MS
        and heard.confidence >= _HESITATION_CONFIDENCE
    )
    if not hesitated:
        return None
    return Word(_HESITATION, start, end, round(heard.confidence * _HESITATION_TRUST, 3))


def _segments(
    speech: Sequence[Region], pauses_ms: Sequence[int], duration_ms: int
) -> Iterator[tuple[int, int]]:
    """Stretches with speech, neighbours joined and long ones cut, none over 10 seconds."""
    for start, end in _joined(speech, duration_ms):
        yield from _cut(start, end, pauses_ms)


def _joined(speech: Sequence[Region], duration_ms: int) -> Iterator[tuple[int, int]]:
    """Regions with a margin, joined while they stay within one segment."""
    current: tuple[int, int] | None = None
    for region, following in itertools.zip_longest(speech, speech[1:]):
        # Half of the pause to the next region at most: no audio is heard twice.
        reach = (following.start_ms - region.end_ms) // 2 if following else _MARGIN_MS
        start = max(0, region.start_ms - _MARGIN_MS)
        start = max(start, current[1]) if current else start
        end = min(duration_ms, region.end_ms + max(0, min(_MARGIN_MS, reach)))
        if current and end - current[0] <= _SEGMENT_MS:
            current = (current[0], end)
            continue
        if current:
            yield current
        current = (start, end)
    if current:
        yield current


def _cut(start: int, end: int, pauses_ms: Sequence[int]) -> Iterator[tuple[int, int]]:
    while end - start > _SEGMENT_MS:
        inside = [at for at in pauses_ms if start + _SEGMENT_MS // 3 < at <= start + _SEGMENT_MS]
        cut = max(inside, default=start + _SEGMENT_MS)
        yield start, cut
        start = cut
    yield start, end
