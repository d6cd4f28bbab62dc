"""Forced alignment: where in the recording each word of a given text is said."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sessions_app.recognition.chunks import WHOLE_MS, Chunk, anchored_chunks, stated_chunks
from sessions_app.recognition.edges import fitted
from sessions_app.recognition.engine import Engine, Heard, alignment_engine, phrase_engine
from sessions_app.recognition.listening import Listener
from sessions_app.recognition.sound import Sound
from sessions_app.recognition.spreading import Span
from sessions_app.recognition.text import SpokenText, speak
from sessions_app.speech.tracks import Region

# Mean log likelihood per frame of the words. Measured: −1.5 to −2.7 for the right text (read,
# telephone and spontaneous speech with a cold), −3.6 to −5.8 for another talk's text.
_WORST_FIT = -3.2
# Tokens per second outside of this are no speech, so the text is not the chunk's.
_MAX_RATE, _MIN_RATE = 9.0, 0.25
_LOOSE_CHUNK_MS = 20_000
# A recogniser that knows only the transcript's phrases hears them in any speech, and they even
# fit the sound: shorter runs prove nothing. Of 60 runs with wrong texts none had over four words.
_SHORTEST_MATCH = 5
# Stated times that lead most words astray are wrong (another cut of the recording).
_STATED_ENOUGH = 0.5
# Share of words found in the recording from which on times count as aligned.
_ALIGNED_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Alignment:
    """`spans[i]` is where word `i` was found, None where it was not."""

    spans: tuple[Span | None, ...]

    @property
    def share(self) -> float:
        """How much of the text was found, 0–1."""
        return sum(span is not None for span in self.spans) / max(1, len(self.spans))

    @property
    def is_good(self) -> bool:
        return self.share >= _ALIGNED_SHARE


class Aligner:
    """Aligns one text with one recording. English only.

    `check` is called between steps of a second or two and may raise to stop. `engine` is one
    that aligned before: to load it takes 0.15 s.
    """

    def __init__(
        self,
        recording: Sound,
        words: Sequence[str],
        folder: Path,
        check: Callable[[], None],
        engine: Engine | None = None,
    ) -> None:
        self._recording = recording
        self._words = words
        self._folder = folder
        self._check = check
        self._text: SpokenText = speak(words)
        self._engine = engine or alignment_engine()
        self._engine.learn(set(self._text.tokens))
        self._listener: Listener | None = None

    def align(
        self, starts: Sequence[tuple[int, int]] = (), speech: Sequence[Region] = ()
    ) -> Alignment:
        """`starts` are stated times: rising (ms, word index) pairs. `speech` refines them, and
        the edges of words beside a pause."""
        found = self._align(starts, speech)
        return Alignment(tuple(fitted(found.spans, speech)))

    def _align(self, starts: Sequence[tuple[int, int]], speech: Sequence[Region]) -> Alignment:
        tokens, duration = self._text.tokens, self._recording.duration_ms
        if not tokens:
            return Alignment((None,) * len(self._words))
        if duration <= WHOLE_MS:
            return self._align_chunks([Chunk(0, len(tokens), 0, duration)])
        if starts:
            pairs = [(time, self._text.first_token_of(word)) for time, word in starts]
            stated = self._align_chunks(
                stated_chunks(pairs, len(tokens), duration, speech), rescue=False
            )
            if stated.share >= _STATED_ENOUGH:
                return stated
        return self._align_chunks(anchored_chunks(self._ear(), tokens, duration))

    def align_heard(self, speech: Sequence[Region] = ()) -> Alignment:
        """`align` for about a minute of sound and the text that a recogniser heard in it.

        Such a text lacks nothing for long, so all of it is placed at once, and only if that
        fails part by part: a quarter less work, and times as good. What the engine heard before
        has no part in it.
        """
        self._check()
        self._engine.forget_noise()
        whole = Chunk(0, len(self._text.tokens), 0, self._recording.duration_ms)
        found = self._align_chunks([whole], rescue=False)
        if not found.share:
            return self.align((), speech)
        return Alignment(tuple(fitted(found.spans, speech)))

    def _ear(self) -> Listener:
        if self._listener is None:
            engine = phrase_engine(self._text.tokens, self._engine, self._folder)
            self._listener = Listener(self._recording, engine, self._check)
        return self._listener

    def _align_chunks(self, chunks: Sequence[Chunk], *, rescue: bool = True) -> Alignment:
        spans: list[Span | None] = [None] * len(self._text.tokens)
        for chunk in chunks:
            self._check()
            found = self._force(chunk)
            if found is None and rescue:
                found = self._match(chunk)
            spans[chunk.first : chunk.last] = found or [None] * (chunk.last - chunk.first)
        return Alignment(self._per_word(spans))

    def _force(self, chunk: Chunk) -> list[Span | None] | None:
        """Places every token of the chunk; None where the audio does not say this."""
        tokens = self._text.tokens[chunk.first : chunk.last]
        rate = len(tokens) * 1000 / max(1, chunk.end_ms - chunk.start_ms)
        loose = chunk.end_ms - chunk.start_ms > _LOOSE_CHUNK_MS
        if rate > _MAX_RATE or (loose and rate < _MIN_RATE):
            return None
        self._engine.expect_exactly(list(tokens))
        pcm = self._recording.slice(chunk.start_ms, chunk.end_ms)
        heard = [word for word in self._engine.hear(pcm) if word.is_word]
        if len(heard) != len(tokens) or _fit(heard) < _WORST_FIT:
            return None
        return [(chunk.start_ms + word.start_ms, chunk.start_ms + word.end_ms) for word in heard]

    def _match(self, chunk: Chunk) -> list[Span | None]:
        """Places the tokens that free recognition heard as well."""
        tokens = self._text.tokens[chunk.first : chunk.last]
        heard = self._ear().between(chunk.start_ms, chunk.end_ms)
        matcher = difflib.SequenceMatcher(
            None, tokens, [word.text for word in heard], autojunk=False
        )
        spans: list[Span | None] = [None] * len(tokens)
        for ours, theirs, size in matcher.get_matching_blocks():
            if size >= _SHORTEST_MATCH:
                for step in range(size):
                    word = heard[theirs + step]
                    spans[ours + step] = (word.start_ms, word.end_ms)
        return spans

    def _per_word(self, spans: Sequence[Span | None]) -> tuple[Span | None, ...]:
        """From tokens to written words: "25%" lasts from "twenty" to "percent"."""
        words: list[Span | None] = [None] * len(self._words)
        for owner, span in zip(self._text.owners, spans, strict=True):
            if span is not None:
                before = words[owner]
                words[owner] = (before[0], span[1]) if before else span
        return tuple(words)


def _fit(heard: Sequence[Heard]) -> float:
    total = sum(word.end_ms - word.start_ms for word in heard)
    return sum(word.fit * (word.end_ms - word.start_ms) for word in heard) / max(1, total)
