from __future__ import annotations

import pytest

from sessions_app.speech.words import Word
from sessions_app.stages.hesitations import are_dropped

FLUENT = [Word(f"word{at}") for at in range(100)]


@pytest.mark.parametrize(
    "model", ["whisper-1", "Systran/faster-distil-whisper-large-v3", "openai/Whisper-large-v3"]
)
def test_a_hundred_words_of_whisper_without_a_sound_are_no_proof_of_fluency(model: str) -> None:
    assert are_dropped(model, FLUENT, "en")


@pytest.mark.parametrize("model", ["gpt-transcribe", "nyrahealth/faster_CrisperWhisper", ""])
def test_others_are_believed(model: str) -> None:
    assert not are_dropped(model, FLUENT, "en")


@pytest.mark.parametrize("sound", ["Um,", "uh...", "Uhhhm", "er"])
def test_where_one_sound_was_written_the_others_were_too(sound: str) -> None:
    assert not are_dropped("whisper-1", [*FLUENT, Word(sound)], "en")


def test_fewer_words_may_well_be_free_of_them() -> None:
    assert not are_dropped("whisper-1", FLUENT[1:], "en")


def test_where_no_hesitation_is_judged_none_is_missing() -> None:
    assert not are_dropped("whisper-1", FLUENT, "xx")
