"""Speech to text, with the times that the server is told to know."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import httpx2
import numpy as np
import pytest
from openai import OpenAI

from tests import media_files
from tests.openai_sim_tests.asking import TIMEOUT
from tests.simulator import Simulator, StartSimulator


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """Three phrases of 1.2 s with pauses of 0.6 s around them."""
    return media_files.write(tmp_path / "talk.flac", media_files.talk())


def send(simulator: Simulator, file: Path, *granularities: str, **fields: str) -> httpx2.Response:
    data: dict[str, object] = {"model": "gpt-transcribe", "language": "en", **fields}
    if granularities:
        data |= {"timestamp_granularities[]": list(granularities)}
    return httpx2.post(
        f"{simulator.url}/audio/transcriptions",
        files={"file": (file.name, file.read_bytes())},
        data=data,
        timeout=TIMEOUT,
    )


def test_words_are_where_the_sound_is(simulator: Simulator, talk: Path) -> None:
    answer = send(simulator, talk, "word", response_format="verbose_json").json()
    starts = [word["start"] for word in answer["words"]]
    assert len(starts) == round(3 * 1.2 * 2.5)
    assert starts == sorted(starts)
    assert all(0.55 <= start % 1.8 <= 1.8 for start in starts)
    assert answer["text"] == " ".join(word["word"] for word in answer["words"])
    assert answer["segments"][0]["start"] == starts[0]
    assert answer["duration"] == 6.0


def test_the_same_sound_has_the_same_words_and_silence_none(
    simulator: Simulator, talk: Path, tmp_path: Path
) -> None:
    texts = {send(simulator, talk).json()["text"] for _ in range(2)}
    assert len(texts) == 1
    silence = media_files.write(tmp_path / "silence.flac", media_files.silence(2))
    assert send(simulator, silence).json()["text"] == ""


@pytest.mark.parametrize(
    ("detail", "keys"), [("words", {"words", "segments"}), ("segments", {"segments"})]
)
def test_a_server_gives_the_times_it_knows(
    start_simulator: StartSimulator, talk: Path, detail: str, keys: set[str]
) -> None:
    simulator = start_simulator("--transcription", detail)
    answer = send(simulator, talk, "word", "segment", response_format="verbose_json").json()
    assert answer.keys() & {"words", "segments"} == keys


def test_words_have_to_be_asked_for(simulator: Simulator, talk: Path) -> None:
    assert "words" not in send(simulator, talk, response_format="verbose_json").json()
    assert send(simulator, talk).json().keys() == {"text", "usage"}
    assert send(simulator, talk, response_format="text").text


def test_a_server_of_text_declines_times(start_simulator: StartSimulator, talk: Path) -> None:
    simulator = start_simulator("--transcription", "text")
    response = send(simulator, talk, "word", response_format="verbose_json")
    assert response.status_code == 400
    assert response.json()["error"]["param"] == "response_format"
    assert send(simulator, talk, response_format="json").json()["text"]


def test_seconds_are_rounded_up_and_billed(simulator: Simulator, tmp_path: Path) -> None:
    file = media_files.write(tmp_path / "t.flac", media_files.voice(2.2))
    assert send(simulator, file).json()["usage"] == {"type": "duration", "seconds": 3}
    send(simulator, file, model="whisper-1")
    assert simulator.bill().models == {
        "gpt-transcribe": 3 * Decimal("0.27") / 3600,
        "whisper-1": 3 * Decimal("0.36") / 3600,
    }
    assert simulator.log()[-1].audio_seconds == 3


def test_other_models_count_tokens(simulator: Simulator, talk: Path) -> None:
    usage = send(simulator, talk, model="gpt-4o-transcribe").json()["usage"]
    assert usage["type"] == "tokens"
    assert simulator.bill().not_billable == {"gpt-4o-transcribe": 1}


def test_the_official_client_understands_it(simulator: Simulator, talk: Path) -> None:
    with OpenAI(base_url=simulator.url, api_key="any", max_retries=0) as client:
        heard = client.audio.transcriptions.create(
            file=talk,
            model="gpt-transcribe",
            response_format="verbose_json",
            timestamp_granularities=["word"],
        )
    assert heard.words
    assert heard.usage is not None
    assert heard.usage.seconds == 6


def test_what_is_no_sound_is_declined(simulator: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "x.mp3"
    file.write_bytes(b"no sound at all")
    assert send(simulator, file).status_code == 400
    assert httpx2.post(f"{simulator.url}/audio/transcriptions", timeout=TIMEOUT).status_code == 400


def test_too_large_a_file_is_declined(simulator: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "x.wav"
    file.write_bytes(bytes(25 * 1024 * 1024 + 1))
    assert send(simulator, file).status_code == 413


def test_what_was_asked_is_logged_without_the_sound(simulator: Simulator, talk: Path) -> None:
    send(simulator, talk, "word", response_format="verbose_json", prompt="Um, well.")
    asked = simulator.log("transcription")[-1]
    fields = simulator.body(asked.id)
    assert fields["prompt"] == "Um, well."
    assert fields["timestamp_granularities"] == ["word"]
    assert fields["bytes"] == talk.stat().st_size


@pytest.mark.parametrize("kind", ["empty", "wrong_schema"])
def test_text_can_be_missing(simulator: Simulator, talk: Path, kind: str) -> None:
    simulator.next_faults([kind], "transcription")
    assert not send(simulator, talk).json().get("text")


@pytest.mark.parametrize("codec", ["flac", "mp3"])
def test_a_piece_of_a_known_talk_has_its_own_words(
    start_simulator: StartSimulator, tmp_path: Path, codec: str
) -> None:
    sound = uneven(20)
    audio = media_files.write(tmp_path / "whole.flac", sound)
    known = [[f"word{n}", n * 400 + 50, n * 400 + 350] for n in range(50)]
    words = tmp_path / "words.json"
    words.write_text(json.dumps(known))
    piece = sound[int(7.3 * media_files.RATE) : int(13.1 * media_files.RATE)]
    file = media_files.write(tmp_path / f"piece.{codec}", piece)
    simulator = start_simulator("--talk", f"{audio}={words}")
    heard = send(simulator, file, "word", response_format="verbose_json").json()["words"]
    assert [word["word"] for word in heard] == [f"word{n}" for n in range(18, 33)]
    expected = [n * 0.4 + 0.05 - 7.3 for n in range(19, 32)]
    assert [word["start"] for word in heard[1:-1]] == pytest.approx(expected, abs=0.05)


def uneven(seconds: int) -> media_files.Sound:
    """Noise whose loudness goes its own ways, as that of speech does."""
    random = np.random.default_rng(1)
    loudness = np.repeat(random.uniform(0.05, 1, seconds * 10), media_files.RATE // 10)
    noise = media_files.noise(seconds, 0.1)
    return np.asarray(noise * loudness, np.int16)
