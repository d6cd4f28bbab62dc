"""The reference talk: about 750 words and 26 fillers, spoken by Debian's `flite` in five minutes.

A seed gives the order of the sentences in `talk.txt` and the pauses after them. "Kinda" is a filler
that the rules leave open and the second reader counts; a contested talk says those in braces as
well, which are too many to keep its coaching.
"""

from __future__ import annotations

import itertools
import json
import random
import re
import subprocess
import tempfile
import wave
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests import media_files

Sound = NDArray[np.int16]  # mono
TimedWord = tuple[str, int, int]  # text, start and end in milliseconds

SENTENCES = Path(__file__).parent / "talk.txt"
VOICE = "slt"
SLOWNESS = 1.1  # 1 is flite's own pace
RATE = 16_000  # Hz, what flite speaks at
PAUSES_MS = (700, 2000)
SILENT = 200  # amplitude below which flite says nothing
HISS = 12  # amplitude of the background noise; real rooms are never silent
SPEAKERS = 2  # flites at once
_BRACES = re.compile(r"\{([^}]*)\} ")


@dataclass(frozen=True, slots=True)
class Talk:
    """A recording and the words in it, as the simulator takes them.

    `length` is what tells it from those of five minutes. `contested`: its coaching is to be
    written again.
    """

    name: str
    audio: Path
    words: Path
    seconds: float
    text: str
    length: str = ""
    contested: bool = False

    @property
    def files(self) -> tuple[Path, Path]:
        return self.audio, self.words


@dataclass(frozen=True, slots=True)
class Making:
    """What a talk is made of: all sentences once for each seed, or only so many of them."""

    name: str
    seeds: tuple[int, ...]
    contested: bool = False
    sentences: int | None = None
    length: str = ""


def sentences(*, contested: bool) -> list[str]:
    text = SENTENCES.read_text(encoding="utf-8")
    return _BRACES.sub(r"\1 " if contested else "", text).splitlines()


def make_talk(folder: Path, making: Making) -> Talk:
    """As webm/opus. Raises `OSError` without flite."""
    said = sentences(contested=making.contested)
    with ThreadPoolExecutor(SPEAKERS) as speakers:
        sounds = dict(zip(said, speakers.map(spoken, said), strict=True))
    order = [
        sentence for seed in making.seeds for sentence in _shuffled(said, seed, making.sentences)
    ]
    sound, words = composed(order, sounds, making.seeds[0])
    audio = media_files.write(folder / f"{making.name}.webm", sound, rate=RATE)
    target = folder / f"{making.name}.json"
    target.write_text(json.dumps(words), encoding="utf-8")
    return Talk(
        making.name,
        audio,
        target,
        sound.size / RATE,
        " ".join(order),
        making.length,
        making.contested,
    )


def composed(
    order: Sequence[str], sounds: dict[str, Sound], seed: int
) -> tuple[Sound, list[TimedWord]]:
    choices = random.Random(seed)  # noqa: S311 - the same pauses every time
    parts: list[Sound] = []
    words: list[TimedWord] = []
    at = 0
    for sentence in order:
        sound = sounds[sentence]
        pause = np.zeros(choices.randint(*PAUSES_MS) * RATE // 1000, dtype=np.int16)
        words += placed(sentence.split(), at * 1000 / RATE, sound.size * 1000 / RATE)
        parts += [sound, pause]
        at += sound.size + pause.size
    hiss = np.random.default_rng(seed).normal(0, HISS, at)
    return np.clip(np.concatenate(parts) + hiss, -32768, 32767).astype(np.int16), words


def placed(texts: Sequence[str], start_ms: float, length_ms: float) -> list[TimedWord]:
    """Every word takes its share of the sentence by its letters."""
    sizes = [len(text) + 1 for text in texts]
    edges = [start_ms + length_ms * sum(sizes[:n]) / sum(sizes) for n in range(len(sizes) + 1)]
    return [
        (text, round(first), round(last))
        for text, (first, last) in zip(texts, itertools.pairwise(edges), strict=True)
    ]


@cache
def spoken(sentence: str) -> Sound:
    """16-bit samples without flite's own silence around them. Raises `OSError` without flite."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "sentence.wav")
        stretch = f"duration_stretch={SLOWNESS}"
        command = ["flite", "-voice", VOICE, "--setf", stretch, "-t", sentence, "-o", str(target)]
        # The command is ours and its arguments are the sentences of `talk.txt`.
        subprocess.run(command, check=True)  # noqa: S603
        with wave.open(str(target)) as file:
            samples = np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16)
    loud = np.flatnonzero(np.abs(samples) > SILENT)
    return samples[loud[0] : loud[-1] + 1]


def _shuffled(said: Sequence[str], seed: int, count: int | None) -> list[str]:
    """The first and the last sentence keep their places; `count` of all, in their order."""
    middle = list(said[1:-1])
    random.Random(seed).shuffle(middle)  # noqa: S311 - the same order every time
    return [said[0], *middle[: None if count is None else count - 2], said[-1]]
