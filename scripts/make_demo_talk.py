#!/usr/bin/env python3
"""Speak the demo talk once, with Debian's `flite`, and encode it.

    .venv/bin/python scripts/make_demo_talk.py

Writes `talk.webm` and its exact words, `talk.txt`, into `sessions_app/demo`.
"""

from __future__ import annotations

import subprocess
import tempfile
import wave
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.int16]  # mono

DEMO = Path(__file__).resolve().parent.parent / "sessions_app" / "demo"
VOICE = "slt"
RATE = 16_000  # Hz, what flite speaks at
BIT_RATE = 24_000
FRAME = 320  # samples, 20 ms: one Opus frame
SILENT = 200  # amplitude below which flite says nothing
HISS = 12  # amplitude of the background noise, of 32767; real rooms are never silent

# What is said, the pause after it in milliseconds, and how slowly it is said (1 is flite's own).
PARTS = (
    ("Good morning everyone.", 700, 1.1),
    ("Um,", 350, 1.3),
    ("today I want to talk about walking meetings.", 900, 1.1),
    ("I think we kind of, uh,", 420, 1.15),
    ("we forget how tired a meeting room makes us.", 800, 1.1),
    ("Last spring our team moved one meeting out of the building.", 450, 1.0),
    ("We picked the weekly review, because nobody needs a screen for it.", 650, 1.0),
    ("The first walk was, um,", 1900, 1.2),
    ("it was like a school trip.", 500, 1.05),
    ("People were, you know, talking about the weather.", 700, 1.05),
    ("But after two weeks something changed.", 1100, 1.15),
    ("The review took twenty five minutes instead of forty,", 350, 0.95),
    ("and and the quiet people started to speak.", 900, 1.0),
    ("Uh,", 380, 1.3),
    ("why does that work?", 1300, 1.1),
    ("When you walk side by side, you do not stare at each other.", 500, 1.05),
    ("A pause feels natural, and nobody hides behind a laptop.", 3300, 1.05),
    ("Um, so there is a catch.", 600, 1.15),
    ("You know, it rains.", 450, 1.1),
    ("And maybe a large group is not a good idea, I guess.", 750, 1.1),
    ("We found that four people is the most that works.", 500, 1.05),
    ("More than that and, uh, and you get two meetings.", 900, 1.1),
    ("So here is what I ask you to try.", 600, 1.1),
    ("Take one meeting next week.", 450, 1.1),
    ("Pick one with three people and no slides.", 450, 1.1),
    ("Walk for twenty minutes, and write down what you decided when you are back.", 900, 1.05),
    ("If it fails, you have lost nothing but a chair.", 800, 1.1),
    ("Thank you.", 600, 1.15),
)


def spoken(text: str, slowness: float, folder: Path) -> Sound:
    """`text` as 16-bit samples, without flite's own silence around it."""
    path = folder / "part.wav"
    subprocess.run(  # noqa: S603
        [
            "/usr/bin/flite", "-voice", VOICE, "--setf", f"duration_stretch={slowness}",
            "-t", text, "-o", str(path),
        ],
        check=True,
    )  # fmt: skip
    with wave.open(str(path)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16)
    loud = np.flatnonzero(np.abs(samples) > SILENT)
    return samples[loud[0] : loud[-1] + 1]


def talk(folder: Path) -> Sound:
    pieces = [np.zeros(RATE // 2, dtype=np.int16)]
    for text, pause_ms, slowness in PARTS:
        pieces += [
            spoken(text, slowness, folder),
            np.zeros(RATE * pause_ms // 1000, dtype=np.int16),
        ]
    samples = np.concatenate(pieces)
    hiss = np.random.default_rng(1).normal(0, HISS, len(samples))
    return np.clip(samples + hiss, -32768, 32767).astype(np.int16)


def encode(samples: Sound, path: Path) -> None:
    with av.open(str(path), "w", format="webm") as container:
        stream = container.add_stream("libopus", rate=RATE, layout="mono")
        stream.bit_rate = BIT_RATE
        for start in range(0, len(samples), FRAME):
            block = samples[start : start + FRAME].reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(block, format="s16", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        encode(talk(Path(folder)), DEMO / "talk.webm")
    (DEMO / "talk.txt").write_text("\n".join(text for text, _, _ in PARTS) + "\n")


if __name__ == "__main__":
    main()
