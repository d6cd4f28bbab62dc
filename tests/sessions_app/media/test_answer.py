from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.media.answer import read_answer, read_piece
from sessions_app.media.recording import Recording
from sessions_app.speech.pieces import Piece
from sessions_app.speech.tracks import Region
from sessions_app.stages.problems import InputProblem, Problem, StageProblem

RECORDING = Recording(
    container="webm",
    codec="opus",
    sample_rate=48_000,
    channels=1,
    duration_ms=1_000,
    claimed_ms=None,
    broke_off=False,
    decode_errors=0,
    clipped=False,
    snr_db=None,
    hop_ms=100,
    loudness_dbfs=[-20.0] * 10,
    pitch_hz=[None] * 9 + [120.5],
    speech_regions=[(0, 400), (600, 1_000)],
    cut_points_ms=[500],
)


def sent(recording: Recording) -> bytes:
    return json.dumps({"recording": asdict(recording)}).encode()


def problem_of(data: bytes, max_ms: int = 10_000) -> Problem:
    with pytest.raises(InputProblem) as caught:
        read_answer(data, max_ms)
    return caught.value.problem


def test_reads_what_an_honest_child_sends() -> None:
    answer = read_answer(sent(RECORDING), 10_000)
    assert answer.pitch_hz[-1] == 120.5
    assert answer.speech_regions == [(0, 400), (600, 1_000)]


def test_hands_on_the_problem_the_child_found() -> None:
    data = json.dumps({"problem": "no_audio", "detail": "x"}).encode()
    assert problem_of(data) is Problem.NO_AUDIO


def test_a_full_disk_is_no_fault_of_the_input() -> None:
    with pytest.raises(StageProblem) as caught:
        read_answer(b'{"problem": "storage", "detail": "ENOSPC"}', 10_000)
    assert caught.value.problem is Problem.STORAGE
    assert not isinstance(caught.value, InputProblem)


LIES: list[dict[str, Any]] = [
    {"duration_ms": -1},
    {"container": "<script>"},
    {"codec": "x" * 50},
    {"channels": 0},
    {"hop_ms": 1},
    {"loudness_dbfs": [float("nan")] * 10},
    {"loudness_dbfs": [-20.0] * 1_000},
    {"pitch_hz": [1e9]},
    {"speech_regions": [(600, 1_000), (0, 400)]},
    {"speech_regions": [(0, 2_000)]},
    {"cut_points_ms": [500, 500]},
    {"cut_points_ms": [5_000]},
    {"snr_db": float("inf")},
]


@pytest.mark.parametrize("lie", LIES)
def test_does_not_believe_a_child_that_lies(lie: dict[str, Any]) -> None:
    assert problem_of(sent(replace(RECORDING, **lie))) is Problem.DECODER_LIMIT


def test_no_recording_is_longer_than_allowed() -> None:
    assert problem_of(sent(RECORDING), max_ms=999) is Problem.DECODER_LIMIT


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b'{"problem": "none_such"}', b'{"recording": null}', b'{"x": 1}']
)
def test_refuses_what_is_no_answer(data: bytes) -> None:
    assert problem_of(data) is Problem.DECODER_LIMIT


@given(st.binary(max_size=200))
def test_never_breaks_on_anything(data: bytes) -> None:
    assert problem_of(data) is Problem.DECODER_LIMIT


PIECE = Piece(1_000, 31_000, (Region(0, 400), Region(600, 30_000)), clean_start=False)


def announced(**lie: Any) -> bytes:
    return json.dumps({"piece": asdict(PIECE) | lie}).encode()


def test_reads_a_piece_that_an_honest_child_announces() -> None:
    assert read_piece(announced()) == PIECE


@pytest.mark.parametrize(
    "data",
    [
        announced(start_ms=-1),
        announced(end_ms=1_000),
        announced(end_ms=20_000),
        announced(end_ms=500_000),
        announced(speech=[{"start_ms": 600, "end_ms": 400}]),
        announced(speech=[{"start_ms": 0, "end_ms": 40_000}]),
        announced(clean_start="perhaps"),
        announced(more=1),
        sent(RECORDING),
        b"",
        b"[]",
    ],
)
def test_does_not_believe_other_announcements(data: bytes) -> None:
    with pytest.raises(InputProblem) as caught:
        read_piece(data)
    assert caught.value.problem is Problem.DECODER_LIMIT
