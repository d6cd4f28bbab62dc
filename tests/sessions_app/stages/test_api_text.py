from __future__ import annotations

import itertools
import json
import statistics
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from ai.config import Caps
from ai.memory import MemoryBooks
from sessions_app.speech.tracks import Region
from sessions_app.stages.context import ModelAccess, RunContext
from sessions_app.stages.outputs import Caveat, Rung, TextSource, Timing, TranscriptionOutput
from sessions_app.stages.problems import DraftInstead, ModelAway, Problem, StageProblem
from sessions_app.stages.transcription import run
from tests.deadline import eventually
from tests.sessions_app.recognition.speech import TALK, TEXT, WORDS, never_stop
from tests.sessions_app.stages.spoken_talks import KNOWN, MODELS, access, context, heard
from tests.simulator import Simulator

Start = Callable[..., Simulator]

FIRST_HALF = 24  # words before the cut between the two pieces of the talk, at least


def asked(where: RunContext, model: ModelAccess) -> TranscriptionOutput:
    return run(replace(where, model=model), never_stop)


def errors(output: TranscriptionOutput) -> list[int]:
    """Milliseconds by which starts are beside the truth; all words are there, in order, once."""
    assert [word.text for word in output.words] == TEXT.split()
    edges = [edge for word in output.words for edge in (word.start_ms or 0, word.end_ms or 0)]
    assert all(a <= b for a, b in itertools.pairwise(edges))
    pairs = zip(output.words, WORDS, strict=True)
    return [abs((word.start_ms or 0) - start) for word, (_, start, _) in pairs]


def test_words_of_a_server_that_knows_their_times(tmp_path: Path, start_simulator: Start) -> None:
    server = start_simulator("--talk", KNOWN)
    server.hold()
    with ThreadPoolExecutor() as pool:
        asking = pool.submit(asked, heard(context(tmp_path)), access(server.url))
        eventually(lambda: len(server.log("transcription")) == 2, what="both pieces are under way")
        server.release()
    output = asking.result()
    assert max(errors(output)) <= 150
    assert (output.source, output.timing, output.caveats) == (
        TextSource.API,
        Timing.RECOGNISED,
        (),
    )
    assert output.engine == "gpt-transcribe at 127.0.0.1"


@pytest.mark.parametrize("detail", ["segments", "text"])
def test_words_of_a_server_without_times_are_found_in_the_sound(
    tmp_path: Path, start_simulator: Start, detail: str
) -> None:
    server = start_simulator("--talk", KNOWN, "--transcription", detail)
    output = asked(heard(context(tmp_path)), access(server.url))
    off = errors(output)
    assert max(off) <= 150
    assert statistics.median(off) <= 20
    assert output.timing is Timing.ALIGNED
    assert output.engine.startswith("gpt-transcribe at 127.0.0.1, pocketsphinx-")


def test_compressed_sound_gives_the_same_words(tmp_path: Path, start_simulator: Start) -> None:
    server = start_simulator("--talk", KNOWN)
    output = asked(heard(context(tmp_path)), access(server.url, audio_format="mp3"))
    assert max(errors(output)) <= 150
    files = {server.body(entry.id)["file"] for entry in server.log("transcription")}
    assert files == {"talk.mp3"}


@pytest.mark.parametrize("detail", ["segments", "text"])
def test_other_languages_have_times_that_say_what_they_are(
    tmp_path: Path, start_simulator: Start, detail: str
) -> None:
    server = start_simulator("--talk", KNOWN, "--transcription", detail)
    output = asked(heard(context(tmp_path, language="de")), access(server.url))
    errors(output)
    expected = {
        "segments": (Timing.CUES, ()),
        "text": (Timing.APPROXIMATE, (Caveat.TIMES_APPROXIMATE,)),
    }
    assert (output.timing, output.caveats) == expected[detail]
    assert {server.body(entry.id)["language"] for entry in server.log("transcription")} == {"de"}


def test_a_piece_that_failed_is_sent_again_and_the_other_is_not(
    tmp_path: Path, start_simulator: Start
) -> None:
    server = start_simulator("--talk", KNOWN)
    server.next_faults(["500"], "transcription")
    output = asked(heard(context(tmp_path)), access(server.url))
    assert max(errors(output)) <= 150
    log = server.log("transcription")
    assert sorted(entry.status or 0 for entry in log) == [200, 200, 500]


def test_a_later_try_asks_only_for_what_is_missing(tmp_path: Path, start_simulator: Start) -> None:
    server, books = start_simulator("--talk", KNOWN), MemoryBooks()
    server.next_faults(["ok", "quota"], "transcription")
    where, model = heard(context(tmp_path)), access(server.url, lambda: books)
    with pytest.raises(DraftInstead):
        asked(where, model)
    assert max(errors(asked(where, model))) <= 150
    kinds = [entry.fault for entry in server.log("transcription")]
    assert sorted(str(kind) for kind in kinds) == ["None", "None", "quota"]


def test_silence_is_not_sent(tmp_path: Path, start_simulator: Start) -> None:
    server = start_simulator("--talk", KNOWN)
    where = heard(context(tmp_path))
    assert where.media is not None
    first, second = where.media.pieces
    border = first.end_ms
    media = replace(where.media, pieces=(first, replace(second, speech=())))
    output = asked(replace(where, media=media), access(server.url))
    assert len(server.log("transcription")) == 1
    assert len(output.words) > FIRST_HALF
    assert (output.words[-1].end_ms or 0) <= border


def test_a_model_that_is_away_is_waited_for_while_there_is_patience(
    tmp_path: Path, start_simulator: Start
) -> None:
    server = start_simulator()
    server.stop()
    where = heard(context(tmp_path), (Region(0, 2_400),))
    with pytest.raises(ModelAway):
        asked(where, access(server.url, waits=True))
    with pytest.raises(DraftInstead) as instead:
        asked(where, access(server.url))
    assert (instead.value.step.left, instead.value.step.entered) == (Rung.API, Rung.DRAFT)


def test_without_money_it_is_a_draft_at_once(tmp_path: Path, simulator: Simulator) -> None:
    simulator.set_faults({"quota": 1.0})
    with pytest.raises(DraftInstead) as instead:
        asked(heard(context(tmp_path)), access(simulator.url, waits=True))
    assert instead.value.step.reason == "quota_exhausted"
    assert len(simulator.log()) == 2


def test_a_cap_on_spending_ends_in_a_draft_too(tmp_path: Path, simulator: Simulator) -> None:
    model = access(simulator.url, waits=True)
    model = replace(model, config=replace(model.config, caps=Caps(total=Decimal("0.0001"))))
    with pytest.raises(DraftInstead) as instead:
        asked(heard(context(tmp_path)), model)
    assert instead.value.step.reason == "spend_cap"
    assert simulator.log() == []


def test_no_draft_in_other_languages_so_the_speaker_is_told(
    tmp_path: Path, simulator: Simulator
) -> None:
    simulator.set_faults({"quota": 1.0})
    with pytest.raises(StageProblem) as caught:
        asked(heard(context(tmp_path, language="de")), access(simulator.url))
    assert caught.value.problem is Problem.TRANSCRIPTION_UNAVAILABLE


def test_an_engine_that_drops_hesitations_is_named(tmp_path: Path, start_simulator: Start) -> None:
    sounds = {"um", "uh"}
    fluent = [row for row in WORDS if row[0].strip(",.").lower() not in sounds]
    words = tmp_path / "fluent.json"
    words.write_text(json.dumps(fluent), encoding="utf-8")
    server = start_simulator("--talk", f"{TALK}={words}")
    whisper = access(server.url, models=replace(MODELS, transcription="whisper-1"))
    output = asked(heard(context(tmp_path)), whisper)
    assert output.caveats == (Caveat.HESITATIONS_DROPPED,)
    other = asked(heard(context(tmp_path)), access(server.url))
    assert other.caveats == ()


def test_a_run_that_is_stopped_stops_listening(tmp_path: Path, start_simulator: Start) -> None:
    class StoppedError(Exception):
        pass

    def stop() -> None:
        if server.log("transcription"):
            raise StoppedError

    server = start_simulator("--talk", KNOWN)
    server.set_faults({"stall": 1.0})
    where = replace(heard(context(tmp_path)), model=access(server.url))
    with pytest.raises(StoppedError):
        run(where, stop)
    eventually(
        lambda: all(entry.disconnected for entry in server.log("transcription")),
        seconds=10,
        what="the server was left",
    )


def test_a_long_name_of_a_server_fits_where_it_is_stored(
    tmp_path: Path, start_simulator: Start
) -> None:
    server = start_simulator("--talk", KNOWN, "--transcription", "text")
    models = replace(MODELS, transcription="a-model-with-a-name-of-more-than-forty-characters")
    output = asked(heard(context(tmp_path)), access(server.url, models=models))
    assert len(output.engine) == 60
    assert output.engine.endswith(" alignment")
