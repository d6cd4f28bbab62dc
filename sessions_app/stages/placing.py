"""Gives the words that a server heard in a piece their times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ai.questions import Heard
from sessions_app.recognition.alignment import Aligner, Alignment
from sessions_app.recognition.engine import Engine, alignment_engine, knows_language
from sessions_app.recognition.pcm import Recording, Sound
from sessions_app.recognition.spreading import Span, fill_gaps
from sessions_app.recognition.stated import credible
from sessions_app.recognition.wording import Timed, word_by_word
from sessions_app.speech.pieces import Piece
from sessions_app.speech.words import Word
from sessions_app.stages.context import Check
from sessions_app.stages.outputs import Timing

_MOST = 0.6  # of the words have to have a time before it is called the server's


@dataclass(frozen=True, slots=True)
class Placed:
    """Words of a piece, times from the start of the recording."""

    piece: Piece
    words: tuple[Word, ...]
    timing: Timing


class Placer:
    """Takes the server's times of words; else finds them in the sound, where the engine knows
    the language; else spreads the words over the speech. Not for use by two threads.
    """

    def __init__(self, recording: Sound, language: str, folder: Path, check: Check) -> None:
        self._recording = recording
        self._can_listen = knows_language(language)
        self._folder = folder
        self._check = check
        self._engine: Engine | None = None

    def place(self, piece: Piece, heard: Heard) -> Placed:
        """A second or so for a minute of speech without times. Raises what `check` raises."""
        parts = heard.words or heard.segments
        worded = word_by_word(
            [Timed(part.text, part.start_ms, part.end_ms) for part in parts], heard.text
        )
        texts = [word.text for word in worded]
        stated = credible([word.span for word in worded], piece.duration_ms)
        if heard.words and _most(stated):
            return _placed(piece, texts, stated, Timing.RECOGNISED)
        found = self._listen(piece, texts)
        if found is not None and found.is_good:
            known = [hit or guess for hit, guess in zip(found.spans, stated, strict=True)]
            return _placed(piece, texts, known, Timing.ALIGNED)
        timing = Timing.CUES if _most(stated) else Timing.APPROXIMATE
        return _placed(piece, texts, stated, timing)

    def _listen(self, piece: Piece, texts: Sequence[str]) -> Alignment | None:
        if not self._can_listen or not texts:
            return None
        self._engine = self._engine or alignment_engine()
        pcm = self._recording.slice(piece.start_ms, piece.end_ms)
        sound = Recording(np.frombuffer(pcm, dtype="<i2"))
        aligner = Aligner(sound, texts, self._folder, self._check, self._engine)
        return aligner.align_heard(piece.speech)


def _most(spans: Sequence[Span | None]) -> bool:
    return sum(span is not None for span in spans) > _MOST * len(spans)


def _placed(
    piece: Piece, texts: Sequence[str], known: Sequence[Span | None], timing: Timing
) -> Placed:
    spans = fill_gaps(texts, known, piece.duration_ms, piece.speech)
    words = (
        Word(text, piece.start_ms + start, piece.start_ms + end)
        for text, (start, end) in zip(texts, spans, strict=True)
    )
    return Placed(piece, tuple(words), timing)
