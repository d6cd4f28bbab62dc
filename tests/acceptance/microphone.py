"""A browser whose microphone is a sound file, and what it heard."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np
from av.audio.resampler import AudioResampler
from playwright.sync_api import Browser, sync_playwright

from tests import media_files
from tests.acceptance import chromium

RATE = 48_000  # Hz; Chromium's own for a file that stands for a microphone
FAKE_DEVICE = "--use-fake-device-for-media-stream"
ALLOWING = "--use-fake-ui-for-media-stream"


def listening_to(wav: Path) -> list[str]:
    """How Chromium is started to hear the file once, from the moment the microphone opens."""
    return [FAKE_DEVICE, ALLOWING, f"--use-file-for-fake-audio-capture={wav}%noloop"]


@contextmanager
def browser_hearing(wav: Path) -> Iterator[Browser]:
    """A browser that lets every page use the microphone."""
    with launched(*listening_to(wav)) as browser:
        yield browser


@contextmanager
def launched(*flags: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=["--no-sandbox", *flags]
        )
        yield browser
        browser.close()


def spoken(path: Path, recording: Path, seconds: float) -> Path:
    """The beginning of a recording as the WAV file that a microphone hears."""
    pieces = list[media_files.Sound]()
    with av.open(str(recording)) as container:
        mono = AudioResampler(format="s16", layout="mono", rate=RATE)
        for frame in container.decode(audio=0):
            pieces += [piece.to_ndarray()[0] for piece in mono.resample(frame)]
            if frame.time is not None and frame.time > seconds:
                break
    return media_files.write(path, np.concatenate(pieces)[: round(seconds * RATE)], rate=RATE)


def sound_of(data: bytes) -> media_files.Sound:
    """The samples of what a browser recorded, mono at `RATE`."""
    with av.open(io.BytesIO(data), mode="r") as container:
        mono = AudioResampler(format="s16", layout="mono", rate=RATE)
        frames = [piece for frame in container.decode(audio=0) for piece in mono.resample(frame)]
    return np.concatenate([frame.to_ndarray()[0] for frame in frames])
