"""A talk whose words, pauses, pace and pitch are known, and what we measure of it.

    python -m benchmarks.known_talk [--save FOLDER]   # FOLDER gets known_talk.opus and .json

Debian's `flite` speaks each phrase at a set pitch and reports when each sound ends; silence of a
set length stands between them. Noise of a known level is added, and the recording goes through the
first stages of a run. Prints the table of `docs/timing.md`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.alignment import Spoken, say, write
from benchmarks.hesitations import heard
from benchmarks.noises import Noise, babble, noisy, white
from benchmarks.talk import TimedWord
from sessions_app.recognition.pcm import Samples
from sessions_app.speech.gaps import gaps
from sessions_app.speech.material import Material, WordTimes
from sessions_app.speech.measures import measure
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.words import Word
from sessions_app.stages.context import RunContext
from sessions_app.stages.materials import material

EDGE_MS = 600
"""Silence before the first word and after the last, in which the background is measured."""

LOW_HZ, MIDDLE_HZ, HIGH_HZ = 130, 155, 185
STEADY = ("--setf", "int_f0_target_stddev=5")
SLOWNESS = ("--setf", "duration_stretch=1.1")

# What is said, at which pitch, and the silence after it in milliseconds.
PHRASES = (
    ("Good morning, and thank you for coming to this talk.", LOW_HZ, 700),
    ("Um", MIDDLE_HZ, 520),
    ("two years ago we threw away every fifth loaf.", MIDDLE_HZ, 1000),
    ("Nobody in the whole bakery knew why.", HIGH_HZ, 300),
    ("So we began to write down what people bought on rainy days.", LOW_HZ, 1800),
    ("The numbers were a surprise for all of us.", HIGH_HZ, 600),
    ("When the weather was bad", MIDDLE_HZ, 900),
    ("customers came later and wanted something warm.", MIDDLE_HZ, 1300),
    ("We changed the plan for the ovens", HIGH_HZ, 400),
    ("and baked the last bread after four.", HIGH_HZ, 2500),
    ("The first week was difficult because the old habits were strong.", LOW_HZ, 550),
    ("My brother said it would never work.", MIDDLE_HZ, 750),
    ("Uh", HIGH_HZ, 500),
    ("but after one month the bins behind the shop were nearly empty.", HIGH_HZ, 3400),
    ("Now the children write us letters about their favourite rolls.", LOW_HZ, 800),
    ("Measure what you throw away before you try to sell more.", MIDDLE_HZ, 0),
)

PAUSE_MS = 500
"""Pauses that have to be found."""

CONDITIONS: tuple[tuple[str, Noise, float, tuple[int, ...]], ...] = (
    ("quiet", white, 60, (1, 2, 3)),
    ("white noise", white, 20, (1, 2, 3, 4, 5)),
    ("white noise", white, 15, (1, 2, 3)),
    ("babble", babble, 20, (1, 2, 3)),
)
"""Name, noise, its level in dB under the speech, and seeds."""

HEAD = """\
| noise | seed | SNR | starts | words ±50 ms | pauses | off at most | wpm | pitch | range |
|---|---|---|---|---|---|---|---|---|---|"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Errors against what is known: times in ms, wpm as a share."""

    snr_db: float | None
    starts: list[int]
    lengths: list[int]
    pauses: list[int | None]  # None for one that was not found
    wpm: float | None
    pitch_hz: float | None
    semitones: float | None


def known_talk(folder: Path) -> Spoken:
    """All phrases with digital silence between them, which any noise is louder than."""
    blocks, words, at = [_silence(EDGE_MS)], list[TimedWord](), EDGE_MS
    for text, pitch, pause in PHRASES:
        spoken = say(text, folder, *STEADY, *SLOWNESS, "--setf", f"int_f0_target_mean={pitch}")
        first, last = spoken.words[0][1], spoken.words[-1][2]
        words += [(word, start - first + at, end - first + at) for word, start, end in spoken.words]
        blocks += [spoken.samples[first * 16 : last * 16], _silence(pause)]
        at += last - first + pause
    return Spoken(np.concatenate([*blocks, _silence(EDGE_MS)]), tuple(words))


def _silence(length_ms: int) -> Samples:
    return np.zeros(length_ms * 16, np.int16)


def analysed(spoken: Spoken, noise: Noise, snr_db: float, seed: int, folder: Path) -> RunContext:
    """Decoded and aligned like an upload."""
    spans = [(start, end) for _, start, end in spoken.words]
    audio = folder / "noisy.flac"
    sound = noisy(spoken.samples, spans, noise, snr_db, seed)
    write(Spoken(sound, spoken.words), audio, "flac")
    return heard(audio, " ".join(text for text, _, _ in spoken.words), folder)


def compared(run: RunContext, known: Sequence[TimedWord]) -> Measured:
    assert run.transcription is not None
    assert run.media is not None
    words, truth = run.transcription.words, tuple(Word(*word) for word in known)
    found = measure(material(run.transcription, (), (), run.media, fillers_judged=True))
    pairs = [
        (word.start_ms - start, (word.end_ms - word.start_ms) - (end - start))
        for word, (_, start, end) in zip(words, known, strict=True)
        if word.start_ms is not None and word.end_ms is not None
    ]
    return Measured(
        run.media.snr_db,
        [abs(start) for start, _ in pairs],
        [abs(length) for _, length in pairs],
        _pauses(words, truth),
        _off(found, measure(Material(words=truth, times=WordTimes.EXACT))),
        found.pitch_median_hz,
        found.pitch_range_semitones,
    )


def _pauses(words: Sequence[Word], truth: Sequence[Word]) -> list[int | None]:
    """Found are pauses after the right word of at least half the length."""
    lengths = {gap.after_word: gap.length_ms for gap in gaps(words)}
    pairs = [
        (gap.length_ms, lengths.get(gap.after_word, 0))
        for gap in gaps(truth)
        if gap.length_ms >= PAUSE_MS
    ]
    return [ours - known if 2 * ours >= known else None for known, ours in pairs]


def _off(found: Metrics, truth: Metrics) -> float | None:
    return found.wpm / truth.wpm - 1 if found.wpm and truth.wpm else None


def _row(name: str, snr_db: float, seed: int, measured: Measured) -> str:
    off = [abs(error) for error in measured.pauses if error is not None]
    near = sum(length <= 50 for length in measured.lengths) / len(measured.lengths)  # noqa: PLR2004
    cells = (
        f"{name} {snr_db:.0f} dB",
        seed,
        measured.snr_db,
        f"{statistics.median(measured.starts):.0f} ms",
        f"{near:.0%}",
        f"{len(off)} of {len(measured.pauses)}",
        f"{max(off)} ms",
        f"{measured.wpm:+.1%}" if measured.wpm is not None else "–",
        f"{measured.pitch_hz:.0f} Hz" if measured.pitch_hz else "–",
        f"{measured.semitones:.1f}" if measured.semitones else "–",
    )
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def save(spoken: Spoken, folder: Path) -> None:
    write(spoken, folder / "known_talk.opus", "libopus", 24_000)
    text = json.dumps(spoken.words, indent=0)
    (folder / "known_talk.json").write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--save", type=Path)
    options = parser.parse_args()
    sys.stdout.write(HEAD + "\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spoken = known_talk(folder)
        if options.save:
            save(spoken, options.save)
        for noise, kind, snr_db, seeds in CONDITIONS:
            for seed in seeds:
                run = analysed(spoken, kind, snr_db, seed, folder)
                sys.stdout.write(_row(noise, snr_db, seed, compared(run, spoken.words)) + "\n")


if __name__ == "__main__":
    main()
