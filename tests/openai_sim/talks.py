"""Talks whose words are known, and finding a piece of sound in them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.openai_sim.sound import HOP, RATE, Sound, decode, envelope
from tests.openai_sim.transcripts import Word

ALIKE = 0.5  # correlation of loudness from which a place is believed
PLACES = 8  # candidates by loudness that are compared sample by sample
APART = 10  # steps of 10 ms between two candidates
PADDING = RATE // 2  # samples; encoders add some silence at the ends
SAMPLE = RATE // 2  # samples that are compared
SLACK = 4 * HOP  # samples around a candidate within which the exact place is sought

Row = NDArray[np.float64]


@dataclass(frozen=True)
class Talk:
    words: tuple[Word, ...]
    sound: Sound  # with padding at both ends

    @classmethod
    def load(cls, audio: Path, words: Path) -> Talk:
        talk = cls(read_words(words), np.pad(decode(audio), PADDING))
        _ = talk._levels  # now, and not when the first piece is waited for
        return talk

    @cached_property
    def _levels(self) -> Row:
        return _levels(self.sound)

    def words_of(self, piece: Sound) -> tuple[Word, ...] | None:
        """Those said in `piece`, timed from its start; `None` where it is not of this talk."""
        start = self._find(piece)
        if start is None:
            return None
        start_ms, length_ms = start * 1000 / RATE, piece.size * 1000 / RATE
        return tuple(
            _moved(word, start_ms, length_ms)
            for word in self.words
            if 0 <= (word.start_ms + word.end_ms) / 2 - start_ms < length_ms
        )

    def _find(self, piece: Sound) -> int | None:
        """In samples from the start of the talk."""
        if piece.size > self.sound.size or piece.size < SAMPLE:
            return None
        likeness = _likeness(self._levels, _levels(piece))
        if likeness.max() < ALIKE:
            return None
        loudest = _loudest(piece)
        found = [self._exactly(piece, loudest, step * HOP) for step in _peaks(likeness)]
        return max(found)[1] - PADDING

    def _exactly(self, piece: Sound, loudest: int, near: int) -> tuple[float, int]:
        """How alike the samples are at the best place near `near`, and that place."""
        first = max(0, near + loudest - SLACK)
        there = self.sound[first : near + loudest + SAMPLE + SLACK].astype(np.float64)
        here = piece[loudest : loudest + SAMPLE].astype(np.float64)
        if there.size < here.size:
            return 0.0, near
        products = np.correlate(there, here)
        lengths = np.sqrt(_sliding_sum(there**2, here.size)) * np.sqrt((here**2).sum())
        alike = products / np.maximum(lengths, 1e-9)
        best = int(alike.argmax())
        return float(alike[best]), first + best - loudest


def read_words(file: Path) -> tuple[Word, ...]:
    """From JSON of `[[text, start_ms, end_ms], …]`."""
    rows = json.loads(file.read_text(encoding="utf-8"))
    return tuple(Word(text, int(start), int(end)) for text, start, end in rows)


def _moved(word: Word, start_ms: float, length_ms: float) -> Word:
    start, end = (min(max(at - start_ms, 0), length_ms) for at in (word.start_ms, word.end_ms))
    return Word(word.text, round(start), round(end))


def _levels(sound: Sound) -> Row:
    """Loudness on a logarithmic scale, so that a change of volume is only a shift."""
    return np.log(envelope(sound).astype(np.float64) + 1e-3)


def _likeness(talk: Row, piece: Row) -> Row:
    """Correlation of the two at every place where `piece` could begin."""
    size = 1 << (talk.size + piece.size).bit_length()  # quick to transform
    centred = piece - piece.mean()
    products = np.fft.irfft(np.fft.rfft(talk, size) * np.fft.rfft(centred, size).conj(), size)
    places = talk.size - piece.size + 1
    spread = _sliding_sum(talk**2, piece.size) - _sliding_sum(talk, piece.size) ** 2 / piece.size
    lengths = np.sqrt(np.maximum(spread, 0) * (centred**2).sum())
    return np.asarray(products[:places] / np.maximum(lengths, 1e-6))


def _sliding_sum(row: Row, size: int) -> Row:
    sums = np.concatenate([[0.0], np.cumsum(row)])
    return np.asarray(sums[size:] - sums[:-size])


def _peaks(likeness: Row) -> list[int]:
    """The best places, none next to another."""
    rest, found = likeness.copy(), []
    for _ in range(min(PLACES, rest.size)):
        best = int(rest.argmax())
        found.append(best)
        rest[max(0, best - APART) : best + APART + 1] = -2
    return found


def _loudest(piece: Sound) -> int:
    return int(_sliding_sum(piece.astype(np.float64) ** 2, SAMPLE).argmax())
