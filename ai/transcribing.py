"""A piece of a recording to a model that writes down what it hears."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

from ai.cache import dump_heard, key_of, load_heard
from ai.calls import Call, Label, Reply, Request, Server
from ai.config import Endpoint
from ai.errors import EmptyAnswer, Malformed, TooLong
from ai.manners import Manner, knows, remember_missing
from ai.questions import Audio, Heard, HeardSegment, HeardWord
from ai.usage import Usage
from ai.wire import Segment, TranscriptionReply, Word

PROMPT_VERSION = "verbatim-1"
MAX_BYTES = 25_000_000  # the API takes 25 MB, what is sent around the file included
TOKENS_IN_PER_SECOND = 10  # of models paid by tokens
TOKENS_OUT_PER_SECOND = 5  # fast speech

# Models follow the manner of a prompt rather than what it says, so it says and shows.
VERBATIM = {
    "en": "Verbatim, with every um, uh, er and every repeated word. "
    "Um, so, uh, I was, I was, like, you know, er, thinking, hmm.",
    "de": "Wörtlich, mit jedem äh, ähm und jedem wiederholten Wort. "
    "Ähm, also, äh, ich habe, ich habe halt, hm, überlegt.",
    "es": "Literal, con cada eh, em, este y cada palabra repetida. "
    "Eh, bueno, este, yo estaba, yo estaba, o sea, em, pensando.",
    "fr": "Mot à mot, avec chaque euh, hum et chaque mot répété. "
    "Euh, ben, je, je pensais, hum, enfin, tu vois, euh.",
    "it": "Parola per parola, con ogni ehm, eh, mmm e ogni parola ripetuta. "
    "Ehm, allora, io stavo, stavo, cioè, eh, pensando.",
    "nl": "Woordelijk, met elke eh, uhm en elk herhaald woord. "
    "Uhm, nou, eh, ik was, ik was, zeg maar, hm, aan het denken.",
    "pt": "Literal, com cada hum, é, ahn e cada palavra repetida. "
    "Hum, então, é, eu estava, eu estava, tipo, ahn, pensando.",
}

# Documented to answer in plain JSON only; asking OpenAI costs an upload, other servers may do more
OPENAI_PLAIN = re.compile(r"gpt-(4o-(mini-)?)?transcribe")
OPENAI_URL = "https://api.openai.com/"


class Transcription(Call[TranscriptionReply, Heard]):
    """Raises `TooLong` for more than the API takes."""

    def __init__(self, audio: Audio, language: str, model: str, endpoint: Endpoint) -> None:
        if audio.size > MAX_BYTES:
            raise TooLong(f"{audio.size} bytes of audio")
        self._audio = audio
        self._language = language
        self._times = _times_of_words(model, endpoint)
        self._with_times = False
        self._was_silent = False
        self.label = Label("transcription", model, PROMPT_VERSION, audio.duration_ms)
        self.key = self._key()
        seconds = ceil(audio.duration_ms / 1000)
        self.expected = Usage(
            tokens_in=seconds * TOKENS_IN_PER_SECOND,
            tokens_out=seconds * TOKENS_OUT_PER_SECOND,
            audio_tokens=seconds * TOKENS_IN_PER_SECOND,
            audio_seconds=seconds,
        )

    @property
    def wants_times(self) -> bool:
        return _may_give(self._times)

    async def send(self, server: Server) -> Reply[TranscriptionReply]:
        self._with_times = self.wants_times
        return await server.hear(self._request())

    def usage(self, body: TranscriptionReply) -> Usage:
        return _usage(body, self._audio)

    def read(self, body: TranscriptionReply) -> Heard:
        if body.text is None:
            raise Malformed("no text")
        text = _plain(body.text)
        if not text and not self._was_silent:
            self._was_silent = True  # a second time it is silence indeed
            raise EmptyAnswer("no speech")
        words = body.words or [word for part in body.segments for word in part.words]
        return Heard(text, _words(words), _segments(body.segments))

    def dump(self, answer: Heard) -> str:
        return dump_heard(answer)

    def load(self, text: str) -> Heard:
        return load_heard(text)

    def has_plainer_format(self) -> bool:
        if self._with_times:
            remember_missing(self._times)
        return self._with_times

    def _request(self) -> Request:
        request: Request = {
            "file": (self._audio.name, self._audio.file),
            "model": self.label.model,
            "language": self._language,
            "response_format": "verbose_json" if self._with_times else "json",
        }
        if prompt := VERBATIM.get(self._language):
            request["prompt"] = prompt
        if self._with_times:
            request["timestamp_granularities"] = ["word", "segment"]
        return request

    def _key(self) -> str:
        return key_of(
            kind="transcription",
            model=self.label.model,
            prompt_version=PROMPT_VERSION,
            language=self._language,
            audio=self._audio.digest(),
        )


def may_give_times(model: str, endpoint: Endpoint) -> bool:
    """Whether it is worth asking for times of words; true until it is known better."""
    return _may_give(_times_of_words(model, endpoint))


def _times_of_words(model: str, endpoint: Endpoint) -> Manner:
    return Manner.of(endpoint, model, "times of words")


def _may_give(times: Manner) -> bool:
    return knows(times) and not _is_plain_at_openai(times)


def _is_plain_at_openai(times: Manner) -> bool:
    return times.base_url.startswith(OPENAI_URL) and bool(OPENAI_PLAIN.match(times.model))


def _usage(body: TranscriptionReply, audio: Audio) -> Usage:
    """The server's figures; the length it does not tell is the one we know, in full seconds."""
    told = body.usage
    seconds = (told and told.seconds) or ceil(body.duration or audio.duration_ms / 1000)
    if told is None:
        return Usage(audio_seconds=seconds)
    details = told.input_token_details
    return Usage(
        tokens_in=told.input_tokens,
        tokens_out=told.output_tokens,
        audio_tokens=_within(details.audio_tokens, told.input_tokens) if details else None,
        audio_seconds=seconds,
    )


def _within(part: int | None, whole: int | None) -> int | None:
    return part if part is None or whole is None else min(part, whole)


def _plain(text: str) -> str:
    """Without what no database keeps."""
    return text.replace("\0", "").strip()


def _words(given: Sequence[Word]) -> tuple[HeardWord, ...]:
    """All of them, or none where the times cannot be trusted."""
    heard = [(_plain(word.word), _times(word)) for word in given]
    if any(times is None for _, times in heard):
        return ()
    return tuple(HeardWord(text, *times) for text, times in heard if text and times)


def _segments(given: Sequence[Segment]) -> tuple[HeardSegment, ...]:
    heard = [(_plain(segment.text), _times(segment)) for segment in given]
    if any(times is None for _, times in heard):
        return ()
    return tuple(HeardSegment(text, *times) for text, times in heard if text and times)


def _times(part: Word | Segment) -> tuple[int, int] | None:
    if part.start is None or part.end is None or not 0 <= part.start <= part.end:
        return None
    return round(part.start * 1000), round(part.end * 1000)
