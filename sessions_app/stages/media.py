"""Stage 1: decode the recording in a confined child and describe it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from sessions_app.media.announcements import Announcements
from sessions_app.media.answer import RecordingAnswer, read_answer
from sessions_app.media.request import DecodeRequest
from sessions_app.media.sandbox import decode
from sessions_app.media.source import open_plain_file
from sessions_app.media.storage import storage_problems
from sessions_app.speech.pieces import Piece
from sessions_app.speech.tracks import Region, Track
from sessions_app.stages.context import Check, Limits, RunContext
from sessions_app.stages.outputs import Caveat, MediaOutput
from sessions_app.stages.problems import InputProblem, Problem

SOUND_NAME: Final = "audio.flac"
COPY_NAME: Final = "copy"

_NOISY_DB: Final = 12.0
_GRACE_SECONDS: Final = 1  # "an hour" stopped by hand
_SHORTFALL_MS: Final = 1_000
_SHORTFALL_SHARE: Final = 0.02
"""Headers round, and encoders pad: less than this much missing is nobody's loss."""


def run(context: RunContext, check: Check) -> MediaOutput | None:
    """Writes 16 kHz mono FLAC to `workdir/audio.flac`, and `workdir/copy` where players would
    not find their way in the source; `None` for a talk without recording.

    Pieces of it are handed to `context.hearing`, where there is one, as soon as they are decoded.
    `audio_name` is left empty: the pipeline stores the file and names it.
    Raises InputProblem, StageProblem STORAGE, DecoderFailed, and whatever `check` raises.
    """
    if context.talk.media_path is None:
        return None
    with (
        open_plain_file(context.talk.media_path, context.limits.max_bytes) as source,
        _written(context.workdir / SOUND_NAME) as sound,
        _written(context.workdir / COPY_NAME) as copy,
        _samples(context) as samples,
    ):
        request = _request(context.limits, source, sound, copy, samples)
        hearing = context.hearing
        take, begun = (hearing.take, hearing.prepare) if hearing else (_keep_only, None)
        announced = Announcements(request.max_seconds * 1000, take)
        data = decode(request, context.limits.decoder_seconds, check, announced.read, begun)
        answer = read_answer(data, request.max_seconds * 1000)
        if announced.end_ms != answer.duration_ms:
            raise InputProblem(Problem.DECODER_LIMIT, "pieces do not add up")
    if not answer.copied:
        (context.workdir / COPY_NAME).unlink()
    return _output(answer, tuple(announced.pieces))


def _request(limits: Limits, source: int, sound: int, copy: int, samples: int) -> DecodeRequest:
    return DecodeRequest(
        source_fd=source,
        sound_fd=sound,
        copy_fd=copy,
        samples_fd=samples,
        max_seconds=limits.max_minutes * 60 + _GRACE_SECONDS,
        min_sound_ms=limits.min_sound_ms,
        memory_mb=limits.decoder_memory_mb,
        cpu_seconds=limits.decoder_seconds,
    )


def _keep_only(piece: Piece) -> None:
    """It is transcribed later, or not by the model."""


@contextmanager
def _written(path: Path) -> Iterator[int]:
    """A descriptor; nothing is left of the file when something is raised inside."""
    with storage_problems():
        target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        with ExitStack() as undo:
            undo.callback(path.unlink, missing_ok=True)
            yield target
            undo.pop_all()
    finally:
        os.close(target)


@contextmanager
def _samples(context: RunContext) -> Iterator[int]:
    if context.hearing is not None:
        yield context.hearing.samples_fd
        return
    with tempfile.TemporaryFile(dir=context.workdir) as file:
        yield file.fileno()


def _output(answer: RecordingAnswer, pieces: tuple[Piece, ...]) -> MediaOutput:
    return MediaOutput(
        duration_ms=answer.duration_ms,
        claimed_duration_ms=answer.claimed_ms,
        container=answer.container,
        codec=answer.codec,
        sample_rate=answer.sample_rate,
        channels=answer.channels,
        audio_name="",
        loudness_dbfs=Track(answer.hop_ms, tuple(answer.loudness_dbfs)),
        pitch_hz=Track(answer.hop_ms, tuple(answer.pitch_hz)),
        speech_regions=tuple(Region(*region) for region in answer.speech_regions),
        cut_points_ms=tuple(answer.cut_points_ms),
        pieces=pieces,
        snr_db=answer.snr_db,
        caveats=_caveats(answer),
    )


def _caveats(answer: RecordingAnswer) -> tuple[Caveat, ...]:
    found = {
        Caveat.TRUNCATED: answer.broke_off or _falls_short(answer),
        Caveat.DECODE_ERRORS: answer.decode_errors > 0,
        Caveat.NOISY: answer.snr_db is not None and answer.snr_db < _NOISY_DB,
        Caveat.CLIPPED: answer.clipped,
    }
    return tuple(caveat for caveat, true in found.items() if true)


def _falls_short(answer: RecordingAnswer) -> bool:
    claimed = answer.claimed_ms or 0
    missing = claimed - answer.duration_ms
    return missing > max(_SHORTFALL_MS, _SHORTFALL_SHARE * claimed)
