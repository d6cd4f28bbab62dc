from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ai.errors import ModelError
from ai.manners import Manner, remember_missing
from ai.memory import MemoryBooks
from sessions_app.recognition.aligners import MOST
from sessions_app.recognition.pcm import open_recording
from sessions_app.speech.pieces import Piece
from sessions_app.stages import media
from sessions_app.stages.context import ModelAccess, RunContext
from sessions_app.stages.conversing import in_conversation
from sessions_app.stages.hearing import hearing, open_hearing
from sessions_app.stages.outputs import MediaOutput, Timing
from sessions_app.stages.placing import Placed
from sessions_app.stages.problems import InputProblem, Problem
from sessions_app.stages.transcription import run
from tests import media_files
from tests.deadline import eventually
from tests.sessions_app.recognition.aligning import processes
from tests.sessions_app.recognition.speech import TALK, TEXT, never_stop
from tests.sessions_app.stages.spoken_talks import KNOWN, MODELS, access, context, heard
from tests.simulator import Simulator

Start = Callable[..., Simulator]


def pieces_of(where: RunContext) -> tuple[Piece, ...]:
    assert where.media is not None
    return where.media.pieces


def samples(folder: Path) -> bytes:
    with open_recording(TALK, folder, never_stop) as recording:
        return recording.slice(0, recording.duration_ms)


def said(outcomes: Sequence[Placed | ModelError]) -> list[str]:
    assert all(isinstance(each, Placed) for each in outcomes)
    return [word.text for each in outcomes if isinstance(each, Placed) for word in each.words]


def timings(outcomes: Sequence[Placed | ModelError]) -> list[Timing]:
    return [each.timing for each in outcomes if isinstance(each, Placed)]


def test_a_piece_is_heard_while_the_next_is_not_even_decoded(
    tmp_path: Path, start_simulator: Start
) -> None:
    server = start_simulator("--talk", KNOWN)
    where = heard(context(tmp_path))
    first, second = pieces_of(where)
    sound, border = samples(tmp_path), first.end_ms * 32
    with open_hearing(where, access(server.url), never_stop) as opened:
        with os.fdopen(opened.samples_fd, "wb", buffering=0, closefd=False) as file:
            file.write(sound[:border])
            opened.take(first)
            eventually(
                lambda: [entry.status for entry in server.log("transcription")] == [200],
                what="the first piece is heard",
            )
            file.write(sound[border:])
            opened.take(second)
        assert said(opened.outcomes()) == TEXT.split()


def test_everything_is_made_ready_before_there_is_a_piece(
    tmp_path: Path, simulator: Simulator
) -> None:
    class Ready(MemoryBooks):
        def open(self) -> None:
            ready.set()

    ready = threading.Event()
    with in_conversation(access(simulator.url, Ready)) as model:
        where = recorded(tmp_path, model)
        with hearing(where, never_stop) as opened:
            assert opened is not None
            silent = replace(
                where.talk, media_path=media_files.constant_flac(tmp_path / "s.flac", 3)
            )
            with pytest.raises(InputProblem):
                media.run(replace(where, talk=silent, hearing=opened), never_stop)
            assert ready.wait(10)
    assert simulator.log() == []


def test_what_is_not_written_is_not_sent(tmp_path: Path, simulator: Simulator) -> None:
    where = heard(context(tmp_path))
    with open_hearing(where, access(simulator.url), never_stop) as opened:
        with pytest.raises(InputProblem) as caught:
            opened.take(pieces_of(where)[0])
        assert opened.outcomes() == []
    assert caught.value.problem is Problem.DECODER_LIMIT
    assert simulator.log() == []


def test_what_was_heard_while_decoding_is_not_asked_again_by_a_later_try(
    tmp_path: Path, start_simulator: Start
) -> None:
    """Answers are kept by the hash of the sound: both ways have to send the same bytes."""
    server, books = start_simulator("--talk", KNOWN), MemoryBooks()
    with in_conversation(access(server.url, lambda: books)) as model:
        where = recorded(tmp_path, model)
        with hearing(where, never_stop) as opened:
            assert opened is not None
            decoded = media.run(replace(where, hearing=opened), never_stop)
            assert isinstance(decoded, MediaOutput)
            first = said(opened.outcomes())
    asked = len(server.log("transcription"))
    later = replace(where, media=decoded, audio_path=tmp_path / media.SOUND_NAME)
    again = run(replace(later, model=access(server.url, lambda: books)), never_stop)
    assert [word.text for word in again.words] == first == TEXT.split()
    assert asked == len(server.log("transcription")) == len(decoded.pieces) > 1


def recorded(folder: Path, model: ModelAccess | None) -> RunContext:
    bare = context(folder)
    return replace(bare, talk=replace(bare.talk, media_path=TALK), model=model)


def test_leaving_early_leaves_the_server(tmp_path: Path, start_simulator: Start) -> None:
    server = start_simulator("--talk", KNOWN)
    server.set_faults({"stall": 1.0})
    where = heard(context(tmp_path))
    with open_hearing(where, access(server.url), never_stop) as opened:
        opened.take_all(TALK, pieces_of(where))
        eventually(lambda: len(server.log("transcription")) == 2, what="both are under way")
    eventually(
        lambda: all(entry.disconnected for entry in server.log("transcription")),
        what="the server was left",
    )


def test_where_the_server_gives_times_none_are_looked_for(
    tmp_path: Path, start_simulator: Start
) -> None:
    server = start_simulator("--talk", KNOWN)
    where = heard(context(tmp_path))
    with open_hearing(where, access(server.url), never_stop) as opened:
        opened.take_all(TALK, pieces_of(where))
        assert timings(opened.outcomes()) == [Timing.RECOGNISED] * 2
        assert processes() == []


def test_where_the_server_gives_text_alone_times_are_found_in_processes_of_their_own(
    tmp_path: Path, start_simulator: Start
) -> None:
    server = start_simulator("--talk", KNOWN, "--transcription", "text")
    where = heard(context(tmp_path))
    with open_hearing(where, access(server.url), never_stop) as opened:
        opened.take_all(TALK, pieces_of(where))
        outcomes = opened.outcomes()
        assert timings(outcomes) == [Timing.ALIGNED] * 2
        assert said(outcomes) == TEXT.split()
        assert processes() == [], "the stages after it have the memory"


def test_they_start_while_a_server_without_times_works_and_end_with_the_run(
    tmp_path: Path, start_simulator: Start
) -> None:
    class Stopped(Exception):
        pass

    def stop() -> None:
        if len(processes()) == min(2, MOST):
            raise Stopped

    server = start_simulator("--talk", KNOWN)
    server.set_faults({"stall": 1.0})
    model, where = access(server.url), heard(context(tmp_path))
    assert model.config.transcription is not None
    times = Manner.of(model.config.transcription, MODELS.transcription, "times of words")
    remember_missing(times)
    with open_hearing(where, model, stop) as opened:
        opened.take_all(TALK, pieces_of(where))
        assert processes() == []
        with pytest.raises(Stopped):
            opened.outcomes()
        assert processes() == []


def test_leaving_early_ends_the_processes(tmp_path: Path, start_simulator: Start) -> None:
    server = start_simulator("--talk", KNOWN, "--transcription", "text")
    where = heard(context(tmp_path))
    with open_hearing(where, access(server.url), never_stop) as opened:
        opened.take_all(TALK, pieces_of(where))
        eventually(processes, what="a process that aligns")
    assert processes() == []


def test_other_languages_than_english_are_not_looked_for(
    tmp_path: Path, start_simulator: Start
) -> None:
    server = start_simulator("--talk", KNOWN, "--transcription", "text")
    where = heard(context(tmp_path, language="es"))
    with open_hearing(where, access(server.url), never_stop) as opened:
        opened.take_all(TALK, pieces_of(where))
        assert timings(opened.outcomes()) == [Timing.APPROXIMATE] * 2
        assert processes() == []


def test_only_recordings_that_the_model_is_to_write_down_are_heard(
    tmp_path: Path, simulator: Simulator
) -> None:
    model = access(simulator.url)
    deaf = replace(model, config=replace(model.config, transcription=None))
    to_hear = recorded(tmp_path, model)
    others = [
        replace(to_hear, model=None),
        replace(to_hear, model=deaf),
        replace(to_hear, draft=True),
        replace(to_hear, talk=replace(to_hear.talk, transcript_text="Hello there.")),
        replace(to_hear, talk=replace(to_hear.talk, media_path=None)),
        replace(to_hear, media=heard(to_hear).media),
    ]
    with hearing(to_hear, never_stop) as opened:
        assert opened is not None
    for other in others:
        with hearing(other, never_stop) as opened:
            assert opened is None
