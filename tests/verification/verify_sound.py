"""What comes back for a recording, in both formats we send."""

from __future__ import annotations

from io import BytesIO

import av
import numpy as np
import pytest

from ai.config import Config
from ai.memory import MemoryBooks
from ai.questions import Audio, Heard
from sessions_app.demo import account
from sessions_app.media.encoding import encode
from tests.verification.asking import deadline, talk

DEMO = account.__file__.replace("account.py", "talk.webm")
SECONDS = 12
RATE = 16_000


def speech() -> bytes:
    """The first seconds of the demo talk, 16 kHz mono int16."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    pieces: list[np.ndarray] = []
    with av.open(DEMO) as container:
        for frame in container.decode(audio=0):
            pieces += [part.to_ndarray().ravel() for part in resampler.resample(frame)]
            if sum(piece.size for piece in pieces) >= SECONDS * RATE:
                break
    return np.concatenate(pieces)[: SECONDS * RATE].astype("<i2").tobytes()


@pytest.fixture(params=["flac", "mp3"])
def heard(request: pytest.FixtureRequest, config: Config, books: MemoryBooks) -> Heard:
    form: str = request.param
    file = BytesIO()
    encode([speech()], form, file)
    audio = Audio(file, f"talk.{form}", SECONDS * 1000)
    return talk(config, books, lambda client: client.transcribe(audio, "en", deadline()))


def test_words_come_back(heard: Heard) -> None:
    assert len(heard.text.split()) >= SECONDS / 2


def test_times_are_in_order_and_within_the_recording(heard: Heard) -> None:
    """Where the server gives any; some give text only."""
    for parts in (heard.words, heard.segments):
        starts = [part.start_ms for part in parts]
        assert starts == sorted(starts)
        assert all(part.end_ms <= (SECONDS + 1) * 1000 for part in parts)


def test_its_length_or_its_tokens_are_in_the_ledger(heard: Heard, books: MemoryBooks) -> None:
    assert books.records[-1].audio_ms == SECONDS * 1000
