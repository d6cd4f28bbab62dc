"""What the worker does without a technique. Nothing else may be different."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from ai.errors import ModelError
from benchmarks import patches
from benchmarks.techniques import TECHNIQUES, Technique
from sessions_app.media.forked import kept_server
from sessions_app.stages import media
from sessions_app.stages.hearing import hearing
from sessions_app.stages.outputs import MediaOutput, RefinementOutput
from sessions_app.stages.placing import Placed
from sessions_app.worker import RunWorker
from tests.sessions_app.recognition.speech import TALK, TEXT, never_stop
from tests.sessions_app.stages.hybrid_runs import DISPUTED, access, read, refined
from tests.sessions_app.stages.spoken_talks import KNOWN, context
from tests.sessions_app.stages.spoken_talks import access as spoken_access
from tests.simulator import Simulator

Start = Callable[..., Simulator]


@pytest.fixture(autouse=True)
def unpatched() -> Iterator[None]:
    yield
    mock.patch.stopall()


@pytest.mark.parametrize("technique", TECHNIQUES.values(), ids=TECHNIQUES.keys())
def test_what_is_patched_is_there(technique: Technique) -> None:
    technique.patch()


def heard(folder: Path, server: Simulator) -> tuple[MediaOutput, int, list[str]]:
    """The recording, how many calls there were when it was decoded, and the words."""
    bare = context(folder)
    talk = replace(bare.talk, media_path=TALK)
    where = replace(bare, talk=talk, model=spoken_access(server.url))
    with hearing(where, never_stop) as opened:
        assert opened is not None
        decoded = media.run(replace(where, hearing=opened), never_stop)
        assert isinstance(decoded, MediaOutput)
        early = len(server.log("transcription"))
        return decoded, early, words(opened.outcomes())


def words(outcomes: list[Placed | ModelError]) -> list[str]:
    return [word.text for each in outcomes if isinstance(each, Placed) for word in each.words]


def test_pieces_may_be_held_back_until_all_is_decoded(
    tmp_path: Path, start_simulator: Start
) -> None:
    patches.pieces_after_decoding()
    server = start_simulator("--talk", KNOWN)
    decoded, early, said = heard(tmp_path, server)
    assert early == 0
    assert len(server.log("transcription")) == len(decoded.pieces) > 1
    assert said == TEXT.split()


def test_all_may_be_sent_in_one_request(tmp_path: Path, start_simulator: Start) -> None:
    patches.one_request()
    server = start_simulator("--talk", KNOWN)
    decoded, early, said = heard(tmp_path, server)
    (asked,) = server.log("transcription")
    assert early == 0
    assert asked.audio_seconds == pytest.approx(decoded.duration_ms / 1000, abs=1)
    assert said == TEXT.split()


def test_coaching_may_be_written_anew_only_after_the_first(
    start_simulator: Start, redis_url: str
) -> None:
    server = start_simulator("--time-scale", "0.001")  # seconds for a byte that drips
    early = disputed(server, redis_url)
    assert overlap(server)
    patches.late_regeneration()
    late = disputed(server, redis_url)
    assert not overlap(server)
    assert late.findings == early.findings
    assert late.agreement == early.agreement


def disputed(server: Simulator, redis_url: str) -> RefinementOutput:
    """With a first coaching that takes some seconds."""
    server.reset()
    server.next_faults(["slow_drip"], "coaching")
    return refined(read(DISPUTED), access(server.url, redis_url))


def overlap(server: Simulator) -> bool:
    (first,), (again,) = server.log("coaching"), server.log("coaching_again")
    return first.overlaps(again)


def test_a_worker_may_keep_no_fork_server(redis_url: str) -> None:
    patches.no_fork_server()
    RunWorker._keep_fork_server(mock.Mock(**{"queue_names.return_value": ["default"]}))
    assert kept_server() is None
