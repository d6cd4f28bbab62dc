"""Processor time of our own work on a recording, against its length."""

from __future__ import annotations

import json
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks.decoding import TALK, context
from benchmarks.progress import say
from benchmarks.talk import Talk
from sessions_app.media.levels import LevelMeter
from sessions_app.media.pitch import PitchTracker
from sessions_app.recognition.pcm import SAMPLE_RATE, open_recording
from sessions_app.speech.words import Word
from sessions_app.stages import concluding, media, rules, transcription
from sessions_app.stages.context import RunContext
from sessions_app.stages.outputs import StageName, TextSource, Timing, TranscriptionOutput

REPEATS = 3
LONGEST_ALIGNED = 10  # minutes; to align takes the same time for every minute
DRAFT = "rough draft, on one core"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Effort:
    """`seconds` of processor time for `minutes` of sound."""

    what: str
    minutes: float
    seconds: float

    @property
    def realtime(self) -> float:
        """So many seconds of sound in one of processor time."""
        return 60 * self.minutes / self.seconds


def efforts(folder: Path, talks: list[Talk], *, drafts: bool) -> tuple[Effort, ...]:
    """On each talk; with `drafts` also a rough draft of the demo talk, which takes a while."""
    found = [each for talk in talks for each in _of_talk(folder, talk)]
    if drafts:
        found.append(_draft(folder))
    for each in found:
        say(f"{each.what}, {each.minutes:.0f} min: {each.seconds:.2f} s of processor time")
    return tuple(found)


def _of_talk(folder: Path, talk: Talk) -> Iterator[Effort]:
    minutes = talk.seconds / 60
    known = context(folder, talk.audio)
    known, seconds = _decoded(known, folder)
    yield Effort("decode, write, cut and measure", minutes, seconds)
    yield Effort("of it loudness and pitch", minutes, _features(known, folder))
    known = replace(known, talk=replace(known.talk, transcript_text=talk.text))
    words = _stated(talk)
    if minutes < LONGEST_ALIGNED:
        words, seconds = _timed(lambda: transcription.run(known, _go_on))
        yield Effort("alignment of known words", minutes, seconds)
    spoken = known.with_output(StageName.TRANSCRIPTION, words)
    found, seconds = _repeated(lambda: rules.run(spoken, _go_on))
    yield Effort("rules", minutes, seconds)
    read = spoken.with_output(StageName.RULES, found)
    _, seconds = _repeated(lambda: concluding.run(read, _go_on))
    yield Effort("measures and scores", minutes, seconds)


def _stated(talk: Talk) -> TranscriptionOutput:
    rows = json.loads(talk.words.read_text(encoding="utf-8"))
    words = tuple(Word(text, start, end) for text, start, end in rows)
    return TranscriptionOutput(words, TextSource.API, Timing.RECOGNISED, "en", "simulated")


def _decoded(known: RunContext, folder: Path) -> tuple[RunContext, float]:
    output, seconds = _repeated(lambda: media.run(known, _go_on))
    assert output is not None
    return replace(known, media=output, audio_path=folder / media.SOUND_NAME), seconds


def _features(known: RunContext, folder: Path) -> float:
    assert known.audio_path is not None
    assert known.media is not None
    with open_recording(known.audio_path, folder, _go_on) as recording:
        sound = np.frombuffer(recording.slice(0, known.media.duration_ms), "<i2")

    def measure() -> None:
        meter, tracker = LevelMeter(), PitchTracker()
        for at in range(0, sound.size, SAMPLE_RATE):
            block = sound[at : at + SAMPLE_RATE]
            meter.feed(block, block)
            tracker.feed(block)
        meter.powers()
        tracker.values()

    return _repeated(measure)[1]


def _draft(folder: Path) -> Effort:
    known, _ = _decoded(context(folder, TALK), folder)
    assert known.media is not None
    _, seconds = _timed(lambda: transcription.run(known, _go_on))
    return Effort(DRAFT, known.media.duration_ms / 60_000, seconds)


def _repeated(work: Callable[[], T]) -> tuple[T, float]:
    """The median: of what is short, first times would be the most."""
    found = [_timed(work) for _ in range(REPEATS)]
    return found[0][0], statistics.median(seconds for _, seconds in found)


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    """With the children that have ended by then."""
    began = time.process_time() + _children()
    result = work()
    return result, time.process_time() + _children() - began


def _children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _go_on() -> None:
    """Nothing stops a benchmark."""
