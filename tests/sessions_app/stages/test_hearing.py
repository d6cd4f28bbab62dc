from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ai.errors import ModelError
from ai.memory import MemoryBooks
from sessions_app.recognition.pcm import open_recording
from sessions_app.speech.pieces import Piece
from sessions_app.stages import media
from sessions_app.stages.context import ModelAccess, RunContext
from sessions_app.stages.conversing import in_conversation
from sessions_app.stages.hearing import hearing, open_hearing
from sessions_app.stages.outputs import MediaOutput
from sessions_app.stages.placing import Placed
from sessions_app.stages.problems import InputProblem, Problem
from sessions_app.stages.transcription import run
from tests.deadline import eventually
from tests.sessions_app.recognition.speech import TALK, TEXT, never_stop
from tests.sessions_app.stages.spoken_talks import KNOWN, access, context, heard
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
