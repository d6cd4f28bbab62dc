"""Reads the child's answers. The child has met a hostile file and is not trusted any more."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sessions_app.speech.pieces import Piece
from sessions_app.speech.tracks import Region
from sessions_app.stages.problems import InputProblem, Problem, StageProblem

Milliseconds = Annotated[int, Field(ge=0)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,20}$")]
Decibels = Annotated[float, Field(ge=-200, le=200)]
Hertz = Annotated[float, Field(gt=0, le=1000)]

LONGEST_MS: Final = 120_000
"""Of a piece, generously: what is sent to a server is never longer."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class RecordingAnswer(_Strict):
    """`Recording` as it arrives; every time lies inside the recording and in order."""

    container: Name
    codec: Name
    sample_rate: int = Field(gt=0, le=192_000)
    channels: int = Field(gt=0, le=64)
    duration_ms: Milliseconds
    claimed_ms: Milliseconds | None
    broke_off: bool
    decode_errors: int = Field(ge=0)
    clipped: bool
    snr_db: Decibels | None
    hop_ms: Literal[100]
    loudness_dbfs: list[Decibels]
    pitch_hz: list[Hertz | None]
    speech_regions: list[tuple[Milliseconds, Milliseconds]]
    cut_points_ms: list[Milliseconds]
    copied: bool

    @model_validator(mode="after")
    def _times_fit(self) -> Self:
        edges = [edge for region in self.speech_regions for edge in region]
        for times in (edges, self.cut_points_ms):
            ordered = all(before < after for before, after in pairwise(times))
            if not ordered or (times and times[-1] > self.duration_ms):
                raise ValueError("times out of order")
        hops = self.duration_ms // self.hop_ms + 1
        if max(len(self.loudness_dbfs), len(self.pitch_hz)) > hops:
            raise ValueError("tracks longer than the recording")
        return self


class RegionAnswer(_Strict):
    start_ms: Milliseconds
    end_ms: Milliseconds


class PieceAnswer(_Strict):
    """`Piece` as it arrives; speech lies inside it and in order."""

    start_ms: Milliseconds
    end_ms: Milliseconds
    speech: list[RegionAnswer]
    clean_start: bool

    @model_validator(mode="after")
    def _times_fit(self) -> Self:
        length = self.end_ms - self.start_ms
        edges = [at for region in self.speech for at in (region.start_ms, region.end_ms)]
        ordered = all(before <= after for before, after in pairwise([0, *edges, length]))
        if not ordered or not 0 < length <= LONGEST_MS:
            raise ValueError("no such piece")
        return self


class Announcement(_Strict):
    piece: PieceAnswer


class Answer(_Strict):
    """Either a recording or the problem that kept it from being one."""

    recording: RecordingAnswer | None = None
    problem: Problem | None = None
    detail: str = Field(default="", max_length=500)


def read_piece(line: bytes) -> Piece:
    """Raises InputProblem: DECODER_LIMIT for an announcement that is none."""
    try:
        piece = Announcement.model_validate_json(line).piece
    except ValidationError as error:
        raise InputProblem(Problem.DECODER_LIMIT, "not an announcement") from error
    speech = tuple(Region(region.start_ms, region.end_ms) for region in piece.speech)
    return Piece(piece.start_ms, piece.end_ms, speech, piece.clean_start)


def read_answer(data: bytes, max_ms: int) -> RecordingAnswer:
    """Raises InputProblem: the child's own, or DECODER_LIMIT for an answer that is none.

    Raises StageProblem: STORAGE, where the child could not write.
    """
    try:
        answer = Answer.model_validate_json(data)
    except ValidationError as error:
        raise InputProblem(Problem.DECODER_LIMIT, "not an answer") from error
    if answer.problem is Problem.STORAGE:
        raise StageProblem(answer.problem, answer.detail)
    if answer.problem is not None:
        raise InputProblem(answer.problem, answer.detail)
    if answer.recording is None or answer.recording.duration_ms > max_ms:
        raise InputProblem(Problem.DECODER_LIMIT, "not an answer")
    return answer.recording
