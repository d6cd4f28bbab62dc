"""Pace along the talk, and stretches that stay too fast or too slow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sessions_app.speech.findings import Finding, FindingKind, Severity
from sessions_app.speech.gaps import SPEAKING_GAP_MS
from sessions_app.speech.metrics import PaceWindow
from sessions_app.speech.norms import PaceNorm
from sessions_app.speech.notes import Notes
from sessions_app.speech.words import Word

WINDOW_MS = 15_000
"""Speaking time of one window: some forty words, enough for a stable rate."""

SHORTEST_MS = 5_000
"""Less speaking time than this gives no rate; a shorter rest joins the window before it."""

SUSTAINED_MS = 30_000
"""A stretch is flagged from here on, or when it is the whole talk."""

FAR_BEYOND = 0.15
"""Share beyond the limit from which a stretch is a major finding."""

_MS_PER_MINUTE = 60_000
_LABELS = {FindingKind.PACE_FAST: "fast", FindingKind.PACE_SLOW: "slow"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words `start` up to, not including, `end`; `count` of them have times. `speaking_ms` leaves
    out silence longer than 1.5 s and other people's turns."""

    start: int
    end: int
    start_ms: int
    end_ms: int
    count: int
    speaking_ms: int

    @property
    def wpm(self) -> float:
        return self.count * _MS_PER_MINUTE / self.speaking_ms

    def joined(self, other: Stretch) -> Stretch:
        return Stretch(
            self.start,
            other.end,
            self.start_ms,
            max(self.end_ms, other.end_ms),
            self.count + other.count,
            self.speaking_ms + other.speaking_ms,
        )


def pace_windows(words: Sequence[Word]) -> tuple[PaceWindow, ...]:
    """Words per minute of speaking time in windows that follow each other.

    Speaking time leaves out silence longer than 1.5 s and other people's turns. Words without
    times are not counted. Empty below five seconds of speaking.
    """
    return tuple(
        PaceWindow(stretch.start_ms, stretch.end_ms, stretch.wpm)
        for stretch in stretches(words, WINDOW_MS)
    )


def pace_findings(words: Sequence[Word], norm: PaceNorm, notes: Notes) -> list[Finding]:
    """Stretches of at least half a minute, or whole talks, beyond the norm throughout."""
    windows = stretches(words, WINDOW_MS)
    found = []
    for kind, run in _runs(windows, norm):
        whole = len(run) == len(windows)
        stretch = run[0]
        for window in run[1:]:
            stretch = stretch.joined(window)
        if whole or stretch.speaking_ms >= SUSTAINED_MS:
            found.append(
                notes.note(
                    kind,
                    _LABELS[kind],
                    stretch.start,
                    stretch.end,
                    times=(stretch.start_ms, stretch.end_ms),
                    severity=Severity.MAJOR if _is_far(stretch.wpm, norm) else Severity.MINOR,
                )
            )
    return found


def stretches(words: Sequence[Word], length_ms: int) -> list[Stretch]:
    """The talk in stretches of `length_ms` of speaking time and at most one word more. A rest
    under five seconds joins the stretch before it, or is none."""
    windows: list[Stretch] = []
    current: Stretch | None = None
    for piece in _timed(words):
        current = piece if current is None else current.joined(piece)
        if current.speaking_ms >= length_ms:
            windows.append(current)
            current = None
    if current is None:
        return windows
    if current.speaking_ms >= SHORTEST_MS:
        windows.append(current)
    elif windows:
        windows[-1] = windows[-1].joined(current)
    return windows


def _timed(words: Sequence[Word]) -> Iterator[Stretch]:
    """Each timed word with the silence after it, as far as that belongs to speaking."""
    timed = [
        (index, word.start_ms, word.end_ms, word.turn)
        for index, word in enumerate(words)
        if word.start_ms is not None and word.end_ms is not None
    ]
    for place, (index, start, end, turn) in enumerate(timed):
        until = end
        if place + 1 < len(timed):
            _, following, _, next_turn = timed[place + 1]
            if next_turn == turn and following - end <= SPEAKING_GAP_MS:
                until = following
        yield Stretch(index, index + 1, start, end, 1, max(0, until - start))


def _runs(
    windows: Sequence[Stretch], norm: PaceNorm
) -> Iterator[tuple[FindingKind, list[Stretch]]]:
    """Neighbouring windows beyond the same limit."""
    run: list[Stretch] = []
    kind: FindingKind | None = None
    for window in windows:
        beyond = _beyond(window.wpm, norm)
        if beyond is not kind and kind is not None:
            yield kind, run
        run = [*run, window] if beyond is kind else [window]
        kind = beyond
    if kind is not None:
        yield kind, run


def _beyond(wpm: float, norm: PaceNorm) -> FindingKind | None:
    if wpm > norm.fast:
        return FindingKind.PACE_FAST
    return FindingKind.PACE_SLOW if wpm < norm.slow else None


def _is_far(wpm: float, norm: PaceNorm) -> bool:
    return wpm > norm.fast * (1 + FAR_BEYOND) or wpm < norm.slow * (1 - FAR_BEYOND)
