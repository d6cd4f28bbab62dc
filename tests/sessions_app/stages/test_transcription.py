from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sessions_app.speech.tracks import Region
from sessions_app.stages.context import RunContext
from sessions_app.stages.outputs import TextSource
from sessions_app.stages.problems import InputProblem, Problem
from sessions_app.stages.transcription import run
from tests.sessions_app.recognition.speech import TEXT, WORDS, never_stop
from tests.sessions_app.stages.spoken_talks import access, context, heard
from tests.simulator import Simulator

FIRST_WORDS = (Region(0, 2_400),)
SILENT = (Region(WORDS[6][2] + 40, WORDS[6][2] + 60),)


def problem_of(where: RunContext) -> Problem:
    with pytest.raises(InputProblem) as caught:
        run(where, never_stop)
    return caught.value.problem


def test_the_speakers_own_text_goes_before_all(tmp_path: Path, simulator: Simulator) -> None:
    where = replace(heard(context(tmp_path, TEXT)), model=access(simulator.url))
    assert run(where, never_stop).source is TextSource.OWN
    assert simulator.log() == []


def test_the_configured_model_goes_before_a_draft(tmp_path: Path, simulator: Simulator) -> None:
    where = replace(heard(context(tmp_path), FIRST_WORDS), model=access(simulator.url))
    assert run(where, never_stop).source is TextSource.API


def test_a_run_in_the_queue_for_drafts_is_drafted(tmp_path: Path, simulator: Simulator) -> None:
    where = heard(context(tmp_path), FIRST_WORDS)
    where = replace(where, model=access(simulator.url), draft=True)
    assert run(where, never_stop).source is TextSource.DRAFT
    assert simulator.log() == []


def test_without_a_server_for_audio_it_is_a_draft(tmp_path: Path, simulator: Simulator) -> None:
    model = access(simulator.url)
    model = replace(model, config=replace(model.config, transcription=None))
    where = replace(heard(context(tmp_path), FIRST_WORDS), model=model)
    assert run(where, never_stop).source is TextSource.DRAFT
    assert run(replace(where, model=None), never_stop).source is TextSource.DRAFT


def test_a_draft_without_words_is_no_speech(tmp_path: Path) -> None:
    assert problem_of(heard(context(tmp_path), SILENT)) is Problem.NO_SPEECH


def test_a_recording_without_speech_is_not_sent(tmp_path: Path, simulator: Simulator) -> None:
    where = replace(heard(context(tmp_path), ()), model=access(simulator.url))
    assert problem_of(where) is Problem.NO_SPEECH
    assert simulator.log() == []


def test_a_server_that_hears_nothing_is_no_speech(tmp_path: Path, simulator: Simulator) -> None:
    simulator.next_faults(["empty"] * 4)
    where = replace(heard(context(tmp_path), FIRST_WORDS), model=access(simulator.url))
    assert problem_of(where) is Problem.NO_SPEECH


def test_neither_sound_nor_text_is_a_missing_file(tmp_path: Path) -> None:
    assert problem_of(context(tmp_path)) is Problem.FILE_MISSING
