"""The talk of `python -m benchmarks.known_talk --save`, through the stages of a run."""

from __future__ import annotations

import json
import statistics
from pathlib import Path

import numpy as np
import pytest

from benchmarks.alignment import Spoken
from benchmarks.known_talk import HIGH_HZ, LOW_HZ, MIDDLE_HZ, PHRASES, analysed, compared
from benchmarks.noises import Noise, babble, white
from sessions_app.recognition.pcm import open_recording
from sessions_app.speech.findings import FindingKind
from sessions_app.stages import rules
from sessions_app.stages.outputs import Caveat

DATA = Path(__file__).parent / "data"
SET_SEMITONES = 12 * np.log2(HIGH_HZ / LOW_HZ)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Spoken:
    words = [tuple(word) for word in json.loads((DATA / "known_talk.json").read_text("utf-8"))]
    folder = tmp_path_factory.mktemp("known")
    with open_recording(DATA / "known_talk.opus", folder, lambda: None) as opened:
        samples = np.frombuffer(opened.slice(0, opened.duration_ms), np.int16).copy()
    return Spoken(samples, tuple((text, start, end) for text, start, end in words))


def test_the_words_and_pauses_are_those_that_were_spoken(spoken: Spoken) -> None:
    assert [word for word, _, _ in spoken.words] == " ".join(text for text, _, _ in PHRASES).split()


def test_a_quiet_recording_is_measured_to_fifty_milliseconds(
    spoken: Spoken, tmp_path: Path
) -> None:
    found = compared(analysed(spoken, white, 60, 1, tmp_path), spoken.words)
    assert statistics.median(found.starts) <= 20
    assert statistics.median(found.lengths) <= 25
    assert all(error is not None and abs(error) <= 50 for error in found.pauses)
    assert found.wpm is not None
    assert abs(found.wpm) <= 0.02


@pytest.mark.parametrize("seed", [1, 2])
def test_at_20_db_every_pause_is_found_and_pace_and_pitch_hold(
    spoken: Spoken, tmp_path: Path, seed: int
) -> None:
    found = compared(analysed(spoken, white, 20, seed, tmp_path), spoken.words)
    assert len(found.pauses) == 13
    assert None not in found.pauses
    assert found.wpm is not None
    assert abs(found.wpm) <= 0.02
    assert found.pitch_hz == pytest.approx(MIDDLE_HZ, rel=0.03)
    assert found.semitones == pytest.approx(SET_SEMITONES, abs=0.6)


@pytest.mark.parametrize("kind", [white, babble])
@pytest.mark.parametrize("snr_db", [5, 10, 20])
def test_noise_is_measured_and_said_where_it_is_too_much(
    spoken: Spoken, tmp_path: Path, kind: Noise, snr_db: int
) -> None:
    media = analysed(spoken, kind, snr_db, 1, tmp_path).media
    assert media is not None
    assert media.snr_db == pytest.approx(snr_db, abs=2)
    assert (Caveat.NOISY in media.caveats) is (snr_db < 12)


def test_the_set_pauses_are_the_findings(spoken: Spoken, tmp_path: Path) -> None:
    output = rules.run(analysed(spoken, white, 20, 1, tmp_path), lambda: None)
    assert output is not None
    long = [f for f in output.findings if f.kind is FindingKind.LONG_PAUSE]
    assert [finding.label for finding in long] == ["long", "long", "very_long"]
    texts = [finding.text for finding in long]
    assert texts == ["days. The", "four. The", "empty. Now"]
