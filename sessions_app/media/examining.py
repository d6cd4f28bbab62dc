"""One pass over a recording: decode, write, cut, measure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from av.audio.stream import AudioStream
from av.container import InputContainer

from sessions_app.media.claims import claimed_ms, expected_ms
from sessions_app.media.copying import copy_with_index, lacks_length
from sessions_app.media.cuts import cut_points
from sessions_app.media.cutting import PieceCutter
from sessions_app.media.decoding import Tally, samples
from sessions_app.media.flac import FlacWriter
from sessions_app.media.formats import CONTAINERS
from sessions_app.media.intonation import intonation
from sessions_app.media.levels import STEP_MS, LevelMeter, coarser, dbfs
from sessions_app.media.oggs import ends_early
from sessions_app.media.opening import choose_stream, open_source
from sessions_app.media.pitch import HOP_MS, PitchTracker
from sessions_app.media.quality import is_clipped, snr_db
from sessions_app.media.recording import Recording
from sessions_app.media.regions import SILENT_DBFS, speech_spans
from sessions_app.media.request import DecodeRequest
from sessions_app.media.resampling import SAMPLE_RATE, Samples
from sessions_app.media.samples import SampleStore
from sessions_app.speech.pieces import Piece
from sessions_app.stages.problems import InputProblem, Problem

TRACK_HOP_MS: Final = 100
"""Fine enough for a curve to look at and for every figure made of it."""


class _Meters:
    """Everything that is measured while the samples go by."""

    def __init__(self) -> None:
        self.length = 0
        self.levels = LevelMeter()
        self.pitch = PitchTracker()

    def feed(self, sound: Samples, voice: Samples) -> None:
        self.length += sound.size
        self.levels.feed(sound, voice)
        self.pitch.feed(voice)

    @property
    def duration_ms(self) -> int:
        return self.length * 1000 // SAMPLE_RATE


def examine(request: DecodeRequest, announce: Callable[[Piece], None]) -> Recording:
    """Decodes `source_fd`, writes the others; calls `announce` with every piece
    when its samples are written. Raises StageProblem, MemoryError, OSError.
    """
    expected = expected_ms(request.source_fd, request.max_seconds)
    tally, meters = Tally(), _Meters()
    cutter = PieceCutter(expected, meters.levels)
    with open_source(request.source_fd) as container:
        stream = choose_stream(container)
        claim = claimed_ms(container, stream, request.source_fd)
        bare = SampleStore(request.samples_fd)
        for heard, voice in samples(container, stream, tally):
            meters.feed(heard, voice)
            if meters.length > request.max_seconds * SAMPLE_RATE:
                raise InputProblem(Problem.TOO_LONG, "decoded")
            bare.write(heard)
            for piece in cutter.complete(meters.duration_ms):
                announce(piece)
        if container.format.name == "ogg":
            tally.broke_off |= ends_early(request.source_fd)
        _refuse_too_little(meters.duration_ms, request.min_sound_ms, claim, tally)
        for piece in cutter.rest(meters.duration_ms):
            announce(piece)
        _write_flac(bare, request.sound_fd)
        return replace(
            _measured(container, stream, claim, tally, meters),
            copied=_copied(container, request),
        )


def _write_flac(bare: SampleStore, fd: int) -> None:
    """After the last piece: nobody waits for it."""
    with FlacWriter(fd) as sound:
        for block in bare.blocks():
            sound.write(block)


def _copied(container: InputContainer, request: DecodeRequest) -> bool:
    return lacks_length(container) and copy_with_index(request.source_fd, request.copy_fd)


def _refuse_too_little(duration_ms: int, least_ms: int, claim: int | None, tally: Tally) -> None:
    if duration_ms < least_ms:
        damaged = tally.errors or tally.broke_off or (claim or 0) >= 2 * least_ms
        raise InputProblem(
            Problem.DAMAGED if damaged else Problem.TOO_SHORT, f"{duration_ms} ms of sound"
        )


def _measured(
    container: InputContainer, stream: AudioStream, claim: int | None, tally: Tally, meters: _Meters
) -> Recording:
    powers = meters.levels.powers()
    levels = dbfs(powers)
    loudness = [round(float(at), 1) for at in dbfs(coarser(powers, TRACK_HOP_MS // STEP_MS))]
    if max(loudness) < SILENT_DBFS:
        raise InputProblem(Problem.SILENT, f"loudest {max(loudness)} dBFS")
    speech = speech_spans(levels)
    return Recording(
        container=CONTAINERS[container.format.name],
        codec=stream.codec_context.name,
        sample_rate=stream.codec_context.sample_rate,
        channels=stream.codec_context.channels,
        duration_ms=meters.duration_ms,
        claimed_ms=claim,
        broke_off=tally.broke_off,
        decode_errors=tally.errors,
        clipped=is_clipped(meters.levels.clipped(), speech),
        snr_db=snr_db(powers, speech),
        hop_ms=TRACK_HOP_MS,
        loudness_dbfs=loudness,
        pitch_hz=intonation(meters.pitch.values(), TRACK_HOP_MS // HOP_MS),
        speech_regions=[(start * STEP_MS, end * STEP_MS) for start, end in speech],
        cut_points_ms=cut_points(levels, speech),
    )
