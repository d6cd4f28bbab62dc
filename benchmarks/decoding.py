"""How fast recordings are decoded and drafted.

    python -m benchmarks.decoding [--minutes 5 30 60]

The sound is the demo talk over and over, as webm/opus. Times are processor seconds of the child
or of this process, so that a busy machine changes them little; × is against the length.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
from av.audio.resampler import AudioResampler

from sessions_app.stages import media, transcription
from sessions_app.stages.context import Limits, RunContext, Talk
from tests import media_files

TALK = Path(__file__).parents[1] / "sessions_app" / "demo" / "talk.webm"
RATE = 48_000
LIMITS = Limits(
    max_bytes=10**9, max_minutes=70, min_sound_ms=1000, decoder_memory_mb=512, decoder_seconds=300
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, nargs="+", default=[5, 30, 60])
    minutes = parser.parse_args().minutes
    sound = demo_sound()
    with tempfile.TemporaryDirectory() as folder:
        for length in minutes:
            decode(Path(folder), sound, length)
        draft(Path(folder))


def demo_sound() -> media_files.Sound:
    with av.open(str(TALK)) as container:
        mono = AudioResampler(format="s16", layout="mono", rate=RATE)
        frames = [piece for frame in container.decode(audio=0) for piece in mono.resample(frame)]
    return np.concatenate([frame.to_ndarray()[0] for frame in frames])


def decode(folder: Path, sound: media_files.Sound, minutes: float) -> None:
    times = max(1, round(minutes * 60 * RATE / sound.size))
    recording = media_files.write_repeated(folder / "talk.webm", sound, times, rate=RATE)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    output = media.run(context(folder, recording), lambda: None)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    assert output is not None
    seconds = output.duration_ms / 1000
    say(f"decode {seconds / 60:5.1f} min: {spent:5.2f} s, {seconds / spent:4.0f} ×")


def draft(folder: Path) -> None:
    known = context(folder, TALK)
    decoded = media.run(known, lambda: None)
    assert decoded is not None
    began = time.process_time()
    known = replace(known, media=decoded, audio_path=folder / "audio.flac")
    words = transcription.run(known, lambda: None).words
    spent = time.process_time() - began
    seconds = decoded.duration_ms / 1000
    say(f"draft {seconds / 60:.1f} min: {spent:.1f} s, {seconds / spent:.1f} ×, {len(words)} words")


def context(folder: Path, recording: Path) -> RunContext:
    talk = Talk("", "en", "presentation", None, None, recording, "", "", "")
    return RunContext(talk=talk, limits=LIMITS, workdir=folder)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
