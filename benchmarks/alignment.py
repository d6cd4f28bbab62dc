"""How far aligned words are from where they are said, on speech with exactly known times.

Debian's `flite` speaks the text and reports when each sound ends; the aligner gets audio and
text. Prints the error of word starts in milliseconds and the speed.

    python -m benchmarks.alignment [--save FOLDER]   # FOLDER gets talk.opus and talk.json
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
import wave
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import av
import numpy as np

from sessions_app.recognition.alignment import Aligner
from sessions_app.recognition.pcm import Samples, open_recording

VOICE = "slt"
PAUSES_MS = (150, 400, 900, 250)
SENTENCES = (
    "Good morning, and thank you for coming.",
    "Um today I want to tell you how our little bakery learned to waste less bread.",
    "Two years ago we threw away every fifth loaf, and nobody knew why.",
    "So we began to write down what people bought on rainy days.",
    "Uh the numbers surprised all of us.",
    "When the weather was bad, customers came later and wanted something warm.",
    "We changed the plan for the ovens and baked the last tray after four.",
    "The first week was difficult because the old habits were strong.",
    "My brother said it would never work, and I almost believed him.",
    "But after one month the bins behind the shop were nearly empty.",
    "Um we also gave the rest to a school around the corner.",
    "Now the children write us letters about their favourite rolls.",
    "If you take one thing home, let it be this simple idea.",
    "Measure what you throw away before you try to sell more.",
    "Thank you very much, I am happy to answer your questions.",
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Audio at 16 kHz and its words as (text, start in ms, end in ms)."""

    samples: Samples
    words: tuple[tuple[str, int, int], ...]


def flite(*arguments: str) -> list[str]:
    # The command is ours and its arguments are the sentences above.
    command = ["flite", "-voice", VOICE, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()  # noqa: S603


@cache
def sounds(word: str) -> int:
    """How many sounds the voice makes of a word."""
    return sum(sound != "pau" for sound in flite("-ps", "-t", f" {word}", "-o", "none"))


def say(sentence: str, folder: Path, *settings: str) -> Spoken:
    """Raises ValueError where the sounds of the sentence are not those of its words."""
    target = folder / "sentence.wav"
    said = flite(*settings, "-psdur", "-t", sentence, "-o", str(target))
    ends = [item.rsplit(":", 1) for item in said]
    edges, before = [], 0.0
    for sound, end in ends:
        if sound != "pau":
            edges.append((before, float(end)))
        before = float(end)
    words = sentence.split()
    counts = [sounds(re.sub(r"[^\w']", "", word)) for word in words]
    if sum(counts) != len(edges):
        raise ValueError(f"{len(edges)} sounds, expected {sum(counts)}: {sentence}")
    placed, at = [], 0
    for word, count in zip(words, counts, strict=True):
        first, last = edges[at], edges[at + count - 1]
        placed.append((word, round(first[0] * 1000), round(last[1] * 1000)))
        at += count
    with wave.open(str(target)) as audio:
        samples = np.frombuffer(audio.readframes(audio.getnframes()), dtype=np.int16)
    return Spoken(samples, tuple(placed))


def talk(folder: Path) -> Spoken:
    """All sentences with pauses of faint noise between them."""
    noise = np.random.default_rng(1)
    blocks: list[Samples] = []
    words: list[tuple[str, int, int]] = []
    length = 0
    for number, sentence in enumerate(SENTENCES):
        spoken = say(sentence, folder)
        offset = length // 16
        words += [(text, start + offset, end + offset) for text, start, end in spoken.words]
        pause = noise.normal(0, 8, PAUSES_MS[number % len(PAUSES_MS)] * 16).astype(np.int16)
        blocks += [spoken.samples, pause]
        length += len(spoken.samples) + len(pause)
    return Spoken(np.concatenate(blocks), tuple(words))


def write(spoken: Spoken, target: Path, codec: str, bit_rate: int | None = None) -> None:
    with av.open(str(target), "w") as container:
        stream = container.add_stream(codec, rate=16_000)
        assert isinstance(stream, av.AudioStream)
        stream.layout = "mono"
        if bit_rate:
            stream.bit_rate = bit_rate
        frame = av.AudioFrame.from_ndarray(spoken.samples[None, :], format="s16", layout="mono")
        frame.sample_rate = 16_000
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--save", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spoken = talk(folder)
        audio = folder / "talk.flac"
        write(spoken, audio, "flac")
        if options.save:
            write(spoken, options.save / "talk.opus", "libopus", 12_000)
            text = json.dumps(spoken.words, indent=0)
            (options.save / "talk.json").write_text(text, encoding="utf-8")
        began = time.process_time()
        with open_recording(audio, folder, lambda: None) as recording:
            words = [word for word, _, _ in spoken.words]
            found = Aligner(recording, words, folder, lambda: None).align()
            speed = recording.duration_ms / 1000 / (time.process_time() - began)
    pairs = zip(found.spans, spoken.words, strict=True)
    errors = sorted(abs(span[0] - start) for span, (_, start, _) in pairs if span)
    lines = (
        f"{len(spoken.words)} words, found {found.share:.1%}, {speed:.0f} times realtime",
        f"median {statistics.median(errors)} ms, p90 {errors[int(len(errors) * 0.9)]} ms",
    )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
