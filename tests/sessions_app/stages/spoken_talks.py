"""A recorded talk with known words and times, as the transcription stage gets it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from ai.config import Config, Endpoint, Models
from ai.ledger import Books, Subject
from ai.memory import MemoryBooks
from sessions_app.media.cutting import SHORTEST_MS
from sessions_app.speech.pieces import Piece
from sessions_app.speech.tracks import Region, Track
from sessions_app.stages.context import Limits, ModelAccess, Plan, RunContext, Talk
from sessions_app.stages.outputs import MediaOutput
from tests.environment import REDIS_URL
from tests.sessions_app.recognition.speech import DATA, TALK, WORDS, regions

LIMITS = Limits(10**8, 60, 1_000, 512, 300)
LENGTH_MS = WORDS[-1][2] + 250
KNOWN = f"{TALK}={DATA / 'talk.json'}"  # for `--talk` of the simulator
MODELS = Models("gpt-5.4", "gpt-5.4-mini", "gpt-transcribe", "text-embedding-3-small")


def context(
    folder: Path, text: str = "", format_: str = "txt", language: str = "en", speaker: str = ""
) -> RunContext:
    """A talk without a recording."""
    talk = Talk("", language, "presentation", None, None, None, text, format_, speaker)
    return RunContext(talk, LIMITS, folder)


def heard(bare: RunContext, speech: tuple[Region, ...] | None = None) -> RunContext:
    """With the recording, and `speech` in place of what is said in it."""
    speech = regions() if speech is None else speech
    track = Track(20, ())
    cuts = tuple((a.end_ms + b.start_ms) // 2 for a, b in itertools.pairwise(speech))
    media = MediaOutput(
        LENGTH_MS, None, "ogg", "opus", 16_000, 1, "", track, track, speech, cuts, pieces(speech)
    )
    return replace(bare, media=media, audio_path=TALK)


def pieces(speech: tuple[Region, ...]) -> tuple[Piece, ...]:
    """Two, cut in a pause."""
    pauses = itertools.pairwise(regions())
    cut = next((a.end_ms + b.start_ms) // 2 for a, b in pauses if a.end_ms > SHORTEST_MS)
    return tuple(
        Piece(start, end, within(speech, start, end)) for start, end in ((0, cut), (cut, LENGTH_MS))
    )


def within(speech: tuple[Region, ...], start: int, end: int) -> tuple[Region, ...]:
    return tuple(
        Region(max(region.start_ms, start) - start, min(region.end_ms, end) - start)
        for region in speech
        if region.start_ms < end and region.end_ms > start
    )


def access(
    url: str,
    books: Callable[[], Books] = MemoryBooks,
    *,
    models: Models = MODELS,
    audio_format: str = "flac",
    waits: bool = False,
) -> ModelAccess:
    """The way to a server at `url`, for everything."""
    server = Endpoint(url, "sk-test")
    config = Config(server, server, models, REDIS_URL)
    subject = Subject(None, "session", uuid4())
    return ModelAccess(config, subject, books, Plan(audio_format=audio_format), waits)
