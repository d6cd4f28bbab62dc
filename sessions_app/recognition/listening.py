"""Recognises the transcript's phrases in parts of a recording, each part once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sessions_app.recognition.engine import Engine, Heard
from sessions_app.recognition.sound import Sound

WINDOW_MS = 10_000


class Listener:
    """Keeps what each 10-second window of the recording was heard as."""

    def __init__(self, recording: Sound, engine: Engine, check: Callable[[], None]) -> None:
        self._recording = recording
        self._engine = engine
        self._check = check
        self._windows: dict[int, tuple[Heard, ...]] = {}

    def window(self, number: int) -> tuple[Heard, ...]:
        """Words heard in window `number`, milliseconds from the start of the recording."""
        if number not in self._windows:
            self._check()
            start = number * WINDOW_MS
            heard = self._engine.hear(self._recording.slice(start, start + WINDOW_MS))
            self._windows[number] = tuple(
                replace(word, start_ms=word.start_ms + start, end_ms=word.end_ms + start)
                for word in heard
                if word.is_word
            )
        return self._windows[number]

    def between(self, start_ms: int, end_ms: int) -> list[Heard]:
        """Words heard that lie inside `[start_ms, end_ms]`."""
        numbers = range(start_ms // WINDOW_MS, -(-end_ms // WINDOW_MS))
        return [
            word
            for number in numbers
            for word in self.window(number)
            if word.start_ms >= start_ms and word.end_ms <= end_ms
        ]
