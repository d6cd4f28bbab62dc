"""Audio in, text out, with as many times as this server is to know."""

from __future__ import annotations

import asyncio
import hashlib
import json
import math
from dataclasses import dataclass

from aiohttp import web

from tests.openai_sim import tokens
from tests.openai_sim.errors import TOO_LARGE, Declined, bad_request
from tests.openai_sim.exchange import Asked, Reply
from tests.openai_sim.faults import Fault, Kind
from tests.openai_sim.hearing import Hearing
from tests.openai_sim.prices import Usage
from tests.openai_sim.simulation import Simulation
from tests.openai_sim.sound import Undecodable
from tests.openai_sim.transcripts import Detail, Transcript

LARGEST_FILE = 25 * 1024 * 1024  # bytes
BY_DURATION = frozenset({"gpt-transcribe", "whisper-1"})  # billed by the second, not by tokens
TOKENS_PER_SECOND = 10


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of the request."""

    file: bytes
    name: str
    model: str
    language: str
    prompt: str
    response_format: str
    granularities: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """For the log: everything but the sound, and by what to know that again."""
        return {
            "file": self.name,
            "bytes": len(self.file),
            "sha256": hashlib.sha256(self.file).hexdigest(),
            "model": self.model,
            "language": self.language,
            "prompt": self.prompt,
            "response_format": self.response_format,
            "timestamp_granularities": list(self.granularities),
        }


async def read(request: web.Request, simulation: Simulation) -> Asked:
    form = await _form(request)
    _check(form, simulation.options.transcription)

    async def reply(fault: Fault | None, cached: int) -> Reply:
        transcript = await asyncio.to_thread(_transcribe, form, simulation.hearing)
        return _reply(form, transcript, fault, simulation)

    return Asked(Kind.TRANSCRIPTION, "transcription", form.model, reply, body=form.as_json())


async def _form(request: web.Request) -> Form:
    fields = await request.post()
    file, model = fields.get("file"), fields.get("model")
    if not isinstance(file, web.FileField):
        raise bad_request("you must provide a file", param="file")
    if not isinstance(model, str):
        raise bad_request("you must provide a model parameter", param="model")
    data = file.file.read()
    if len(data) > LARGEST_FILE:
        raise Declined(TOO_LARGE, f"Maximum content size limit ({LARGEST_FILE}) exceeded.")
    return Form(
        data,
        file.filename,
        model,
        str(fields.get("language", "en")),
        str(fields.get("prompt", "")),
        str(fields.get("response_format", "json")),
        tuple(map(str, fields.getall("timestamp_granularities[]", []))),
    )


def _check(form: Form, detail: Detail) -> None:
    known = {"json", "text"} if detail is Detail.TEXT else {"json", "text", "verbose_json"}
    if form.response_format not in known:
        raise bad_request(
            f"response_format '{form.response_format}' is not compatible with model "
            f"'{form.model}'. Use 'json' or 'text' instead.",
            "unsupported_value",
            "response_format",
        )


def _transcribe(form: Form, hearing: Hearing) -> Transcript:
    try:
        heard = hearing.listen(form.file)
    except Undecodable as error:
        raise bad_request(
            "The audio file could not be decoded or its format is not supported.", param="file"
        ) from error
    return Transcript(heard.words, heard.duration_ms, form.language)


def _reply(
    form: Form, transcript: Transcript, fault: Fault | None, simulation: Simulation
) -> Reply:
    if fault is Fault.EMPTY:
        transcript = Transcript((), transcript.duration_ms, transcript.language)
    usage = _usage(form, transcript)
    delay = simulation.latency.transcription(transcript.duration_ms / 1000)
    if fault is Fault.WRONG_SCHEMA:
        return Reply(b'{"result": ["something else"]}', usage, delay)
    if form.response_format == "text":
        return Reply(transcript.text.encode(), usage, delay, "text/plain; charset=utf-8")
    body = {**_content(form, transcript, simulation.options.transcription), "usage": _shown(usage)}
    return Reply(json.dumps(body).encode(), usage, delay)


def _content(form: Form, transcript: Transcript, detail: Detail) -> dict[str, object]:
    if form.response_format == "json":
        return {"text": transcript.text}
    with_words = detail is Detail.WORDS and "word" in form.granularities
    return transcript.verbose(with_words=with_words)


def _usage(form: Form, transcript: Transcript) -> Usage:
    """Seconds are rounded up, as they are billed."""
    seconds = math.ceil(transcript.duration_ms / 1000)
    if form.model in BY_DURATION:
        return Usage(audio_seconds=seconds)
    heard, written = seconds * TOKENS_PER_SECOND, tokens.count(transcript.text)
    return Usage(heard, output=written, audio_seconds=seconds)


def _shown(usage: Usage) -> dict[str, object]:
    if not usage.input:
        return {"type": "duration", "seconds": usage.audio_seconds}
    return {
        "type": "tokens",
        "input_tokens": usage.input,
        "input_token_details": {"audio_tokens": usage.input, "text_tokens": 0},
        "output_tokens": usage.output,
        "total_tokens": usage.input + usage.output,
    }
