"""A rough draft of what was said, by the engine that comes with us. English only."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sessions_app.recognition.engine import UNKNOWN_SPEECH, Heard, draft_engine
from sessions_app.recognition.segments import segments
from sessions_app.recognition.sound import Sound
from sessions_app.speech.tracks import Region
from sessions_app.speech.words import Word

# The language model has no hesitations: "um" and "uh" come out as speech without a word. In
# spontaneous speech with six of them five were found so, and no false one within these bounds.
_HESITATION = "uh"
_HESITATION_MS = 150
_HESITATION_CONFIDENCE = 0.6
# What it is, um or uh or a word unknown, stays a guess.
_HESITATION_TRUST = 0.5


def draft(
    recording: Sound,
    speech: Sequence[Region],
    pauses_ms: Sequence[int],
    check: Callable[[], None],
) -> tuple[Word, ...]:
    """Words with times and confidence. `pauses_ms` are good places to cut long stretches."""
    engine = draft_engine()
    words: list[Word] = []
    for start, end in segments(speech, pauses_ms, recording.duration_ms):
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
