from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai.config import Endpoint
from ai.errors import EmptyAnswer, Malformed, TooLong
from ai.questions import Audio, Heard, HeardSegment, HeardWord
from ai.transcribing import MAX_BYTES, VERBATIM, Transcription
from ai.usage import Usage
from ai.wire import TranscriptionReply
from sessions_app.coaching.numerals import LANGUAGES

AUDIO = Audio(BytesIO(b"sound"), "piece.flac", 2400)
SERVER = Endpoint("http://ears.example/v1", "none")


def transcription(
    language: str = "en", model: str = "ears", endpoint: Endpoint = SERVER, audio: Audio = AUDIO
) -> Transcription:
    return Transcription(audio, language, model, endpoint)


def read(**body: Any) -> Heard:
    return transcription().read(TranscriptionReply.model_validate({"text": "um, yes", **body}))


def word(text: str, start: float | None, end: float | None) -> dict[str, object]:
    return {"word": text, "start": start, "end": end}


def segment(text: str, start: float, end: float, **more: object) -> dict[str, object]:
    return {"id": 0, "text": text, "start": start, "end": end, **more}


def test_words_are_taken_with_their_times() -> None:
    heard = read(words=[word(" um", 0.0, 0.32), word("yes", 0.4, 0.9)])
    assert heard.words == (HeardWord("um", 0, 320), HeardWord("yes", 400, 900))


def test_words_may_stand_in_segments() -> None:
    heard = read(segments=[segment(" um, yes", 0, 1, words=[word(" um,", 0, 0.3)])])
    assert heard.words == (HeardWord("um,", 0, 300),)
    assert heard.segments == (HeardSegment("um, yes", 0, 1000),)


@pytest.mark.parametrize(
    "wrong", [word("yes", None, None), word("yes", 2.0, 1.0), word("yes", -1.0, 1.0)]
)
def test_times_that_cannot_be_take_all_words_with_them(wrong: dict[str, object]) -> None:
    heard = read(words=[word("um", 0, 0.3), wrong], segments=[segment("um, yes", 0, 1)])
    assert heard.words == ()
    assert heard.segments


def test_what_no_database_keeps_is_left_out() -> None:
    heard = read(text="um,\0 yes", words=[word("\0yes", 0.4, 0.9)])
    assert heard == Heard("um, yes", (HeardWord("yes", 400, 900),))


def test_tokens_of_sound_are_no_more_than_all() -> None:
    details = {"input_tokens": 50, "output_tokens": 5, "input_token_details": {"audio_tokens": 90}}
    used = transcription().usage(TranscriptionReply.model_validate({"text": "", "usage": details}))
    assert (used.tokens_in, used.audio_tokens) == (50, 50)


def test_text_alone_is_enough() -> None:
    assert read(words=None, segments=None) == Heard("um, yes")


def test_no_text_is_malformed() -> None:
    with pytest.raises(Malformed):
        transcription().read(TranscriptionReply())


def test_silence_is_believed_the_second_time() -> None:
    call, silent = transcription(), TranscriptionReply(text=" ")
    with pytest.raises(EmptyAnswer):
        call.read(silent)
    assert call.read(silent) == Heard("")


@pytest.mark.parametrize(
    ("body", "usage"),
    [
        ({}, Usage(audio_seconds=3)),
        ({"duration": 2.1}, Usage(audio_seconds=3)),
        ({"usage": {"type": "duration", "seconds": 4}}, Usage(audio_seconds=4)),
        (
            {
                "usage": {
                    "type": "tokens",
                    "input_tokens": 30,
                    "output_tokens": 5,
                    "input_token_details": {"audio_tokens": 24, "text_tokens": 6},
                }
            },
            Usage(30, None, 5, 24, 3),
        ),
    ],
)
def test_usage_is_the_servers_or_the_length_in_full_seconds(
    body: dict[str, object], usage: Usage
) -> None:
    assert transcription().usage(TranscriptionReply.model_validate(body)) == usage


def test_more_than_the_api_takes_is_not_sent() -> None:
    with pytest.raises(TooLong):
        transcription(audio=Audio(BytesIO(bytes(MAX_BYTES + 1)), "long.flac", 1))
    assert transcription(audio=Audio(BytesIO(bytes(MAX_BYTES)), "long.flac", 1))


def test_every_language_is_asked_for_hesitations() -> None:
    assert VERBATIM.keys() == set(LANGUAGES)


@pytest.mark.parametrize(
    "other",
    [
        transcription(language="de"),
        transcription(model="other"),
        transcription(audio=Audio(BytesIO(b"another"), "piece.flac", 2400)),
    ],
)
def test_keys_are_of_sound_language_and_model(other: Transcription) -> None:
    assert transcription().key != other.key
    renamed = Audio(AUDIO.file, "renamed.flac", AUDIO.duration_ms)
    assert transcription().key == transcription(audio=renamed).key


@pytest.mark.parametrize(
    ("model", "url", "times"),
    [
        ("gpt-transcribe", "https://api.openai.com/v1", False),
        ("gpt-4o-mini-transcribe-2025-12-15", "https://api.openai.com/v1", False),
        ("whisper-1", "https://api.openai.com/v1", True),
        ("gpt-transcribe", "http://ears.example/v1", True),
    ],
)
def test_openai_is_not_asked_for_times_it_does_not_give(model: str, url: str, times: bool) -> None:
    assert transcription(model=model, endpoint=Endpoint(url, "none")).wants_times is times


@given(st.lists(st.tuples(st.text(), st.floats(0, 100), st.floats(0, 100))))
def test_every_word_heard_has_text_and_times_in_order(
    given_words: list[tuple[str, float, float]],
) -> None:
    heard = read(words=[word(*each) for each in given_words])
    assert all(each.text and each.start_ms <= each.end_ms for each in heard.words)
