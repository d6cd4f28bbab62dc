"""What the simulator hears in files, and which talks it knows."""

from __future__ import annotations

import json
from pathlib import Path

import httpx2
import pytest

from tests import media_files
from tests.openai_sim import hearing as hearing_module
from tests.openai_sim import sound
from tests.openai_sim.hearing import Hearing
from tests.openai_sim.options import Talk
from tests.openai_sim.sound import Undecodable
from tests.openai_sim_tests.asking import TIMEOUT
from tests.simulator import Simulator

WORDS = [["One,", 700, 900], ["two", 2500, 2700], ["three.", 4300, 4600]]


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    words = tmp_path / "talk.json"
    words.write_text(json.dumps(WORDS))
    return Talk(media_files.write(tmp_path / "talk.webm", media_files.talk()), words)


def texts(hearing: Hearing, file: bytes) -> list[str]:
    return [word.text for word in hearing.listen(file).words]


def test_a_piece_of_a_known_talk_has_its_words(talk: Talk, tmp_path: Path) -> None:
    piece = media_files.write(tmp_path / "piece.flac", media_files.talk()[: 16_000 * 4])
    assert texts(Hearing([talk], seed=0), piece.read_bytes()) == ["One,", "two"]


def test_a_talk_known_as_a_whole_file_is_not_known_in_pieces(talk: Talk, tmp_path: Path) -> None:
    hearing = Hearing([], seed=0)
    hearing.learn([talk], whole=True)
    whole = talk.audio.read_bytes()
    assert texts(hearing, whole) == ["One,", "two", "three."]
    assert hearing.listen(whole).duration_ms == pytest.approx(6000, abs=50)
    other = media_files.write(tmp_path / "talk.flac", media_files.talk())
    assert "One," not in texts(hearing, other.read_bytes())


def test_what_is_learnt_takes_the_place_of_what_was_known(talk: Talk) -> None:
    hearing = Hearing([talk], seed=0)
    whole = talk.audio.read_bytes()
    assert texts(hearing, whole) == ["One,", "two", "three."]
    hearing.learn([], whole=False)
    assert "One," not in texts(hearing, whole)


def test_the_same_file_is_decoded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = media_files.write(tmp_path / "talk.flac", media_files.talk()).read_bytes()
    decoded: list[bytes] = []

    def counted(source: bytes) -> sound.Sound:
        decoded.append(source)
        return sound.decode(source)

    monkeypatch.setattr(hearing_module, "decode", counted)
    hearing = Hearing([], seed=0)
    assert hearing.listen(file) == hearing.listen(file)
    assert len(decoded) == 1


def test_what_is_no_sound_is_refused() -> None:
    with pytest.raises(Undecodable):
        Hearing([], seed=0).listen(b"no sound at all")


def test_a_running_server_learns_talks_and_keeps_them_when_it_is_reset(
    simulator: Simulator, talk: Talk
) -> None:
    simulator.know([(talk.audio, talk.words)], whole=True)
    simulator.reset()
    file = talk.audio.read_bytes()
    answer = httpx2.post(
        f"{simulator.url}/audio/transcriptions",
        files={"file": (talk.audio.name, file)},
        data={"model": "gpt-transcribe", "response_format": "text"},
        timeout=TIMEOUT,
    )
    simulator.know([])
    assert answer.text == "One, two three."
