"""One tiny call of each kind to the configured models, to see what works."""

from __future__ import annotations

import math
from array import array
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from uuid import uuid4

from django.conf import settings

from ai.client import Client
from ai.config import Config, Endpoint
from ai.errors import EmptyAnswer, ModelError
from ai.ledger import CallRecord, Subject
from ai.questions import Answer, Audio, Deadline, Question
from metrics_app.record import DatabaseBooks
from sessions_app.media.encoding import encode

SAMPLE_RATE = 16_000
SOUND_MS = 1000
TONE_HZ = 220
LOUDNESS = 3000  # of 32,767
PURPOSE = "check"
MAX_OUTPUT_TOKENS = 2000  # of which a model that reasons may need most
SUBJECT = Subject(owner_id=None, run_kind=PURPOSE)


class Ready(Answer):
    ready: bool


@dataclass(frozen=True, slots=True)
class Probed:
    """`error` is `None` where it worked; `note` says what was seen, or why it failed.

    Of `seconds` and `cost_usd`, what is not known is `None`.
    """

    use: str
    model: str
    error: ModelError | None
    note: str
    seconds: float | None = None
    cost_usd: Decimal | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """A server's own list. `ends` has the models we use whose end it tells."""

    host: str
    error: ModelError | None
    count: int = 0
    missing: tuple[str, ...] = ()
    ends: tuple[tuple[str, date], ...] = ()


class NotedBooks(DatabaseBooks):
    """The books of the product, with what went into them lately at hand."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[CallRecord] = []

    def record(self, call: CallRecord) -> None:
        self.records.append(call)
        super().record(call)

    def keep(self, key: str, answer: str, days: int, call: CallRecord) -> None:
        self.records.append(call)
        super().keep(key, answer, days, call)


async def offers(config: Config, seconds: float) -> list[Offer]:
    """Of each server once."""
    wanted = _models_by_endpoint(config)
    async with Client(config, SUBJECT, DatabaseBooks()) as client:
        return [await _offer(client, at, models, seconds) for at, models in wanted.items()]


async def probes(config: Config, audio_format: str, seconds: float) -> AsyncIterator[Probed]:
    """`seconds` is what each call may take with its retries. Nothing kept answers for it."""
    fresh = replace(config, answer_days=0)
    books = NotedBooks()
    async with Client(fresh, SUBJECT, books) as client:
        for use, model, ask in _asks(client, fresh, audio_format, seconds):
            before = len(books.records)
            error, note = await _outcome(ask)
            yield _probed(use, model, error, note, books.records[before:])


Ask = Callable[[], Awaitable[str]]


def _asks(
    client: Client, config: Config, audio_format: str, seconds: float
) -> list[tuple[str, str, Ask]]:
    models = config.models
    asks: list[tuple[str, str, Ask]] = []
    if config.chat is not None:
        uses = [("analysis", models.analysis), ("coaching", models.coaching)]
        if settings.AI_MODEL_EXPERIMENTAL:
            uses.append(("experiment", settings.AI_MODEL_EXPERIMENTAL))
        asks += [(use, model, _chat(client, model, seconds)) for use, model in uses]
    if config.transcription is not None:
        hear = _transcription(client, audio_format, seconds)
        asks.append(("transcription", models.transcription, hear))
    if config.chat is not None and models.embedding:
        asks.append(("embedding", models.embedding, _embedding(client, seconds)))
    return asks


def _chat(client: Client, model: str, seconds: float) -> Ask:
    async def ask() -> str:
        question = Question(
            purpose=PURPOSE,
            model=model,
            prompt_version="1",
            instructions="Answer with JSON whose field “ready” is true.",
            data='{"ready": true}',
            answer=Ready,
            max_output_tokens=MAX_OUTPUT_TOKENS,
            salt=uuid4().hex,
        )
        await client.complete(question, Deadline.after(seconds))
        return "answers in JSON"

    return ask


def _transcription(client: Client, audio_format: str, seconds: float) -> Ask:
    async def ask() -> str:
        file = BytesIO()
        encode([tone()], audio_format, file)
        audio = Audio(file, f"check.{audio_format}", SOUND_MS)
        try:
            heard = await client.transcribe(audio, "en", Deadline.after(seconds))
        except EmptyAnswer:
            return "hears no word in a tone"
        times = "words" if heard.words else "segments" if heard.segments else "text only"
        return f"times of {times}" if times != "text only" else times

    return ask


def _embedding(client: Client, seconds: float) -> Ask:
    async def ask() -> str:
        (vector,) = await client.embed(["A short sentence."], Deadline.after(seconds))
        return f"vectors of {len(vector)} numbers"

    return ask


async def _outcome(ask: Ask) -> tuple[ModelError | None, str]:
    try:
        return None, await ask()
    except ModelError as error:
        return error, str(error)


def _probed(
    use: str, model: str, error: ModelError | None, note: str, records: list[CallRecord]
) -> Probed:
    answered = [record for record in records if record.latency_ms is not None]
    last = answered[-1] if answered else None
    return Probed(
        use=use,
        model=model,
        error=error,
        note=note,
        seconds=last.latency_ms / 1000 if last and last.latency_ms is not None else None,
        cost_usd=last.cost_usd if last else None,
        attempts=len(records),
    )


def tone() -> bytes:
    """A second of 16 kHz mono int16, little-endian."""
    turns = 2 * math.pi * TONE_HZ / SAMPLE_RATE
    count = SAMPLE_RATE * SOUND_MS // 1000
    return array("h", (round(LOUDNESS * math.sin(turns * n)) for n in range(count))).tobytes()


def _models_by_endpoint(config: Config) -> dict[Endpoint, tuple[str, ...]]:
    models, wanted = config.models, dict[Endpoint, tuple[str, ...]]()
    if config.chat is not None:
        experiment = settings.AI_MODEL_EXPERIMENTAL
        used = (models.analysis, models.coaching, models.embedding, experiment)
        wanted[config.chat] = tuple(model for model in used if model)
    if config.transcription is not None:
        at = config.transcription
        wanted[at] = (*wanted.get(at, ()), models.transcription)
    return wanted


async def _offer(
    client: Client, endpoint: Endpoint, models: tuple[str, ...], seconds: float
) -> Offer:
    try:
        served = await client.models(endpoint, Deadline.after(seconds))
    except ModelError as error:
        return Offer(endpoint.base_url, error)
    ends = {one.id: one.shutdown_date for one in served}
    return Offer(
        host=endpoint.base_url,
        error=None,
        count=len(served),
        missing=tuple(dict.fromkeys(model for model in models if model not in ends)),
        ends=tuple((model, end) for model in dict.fromkeys(models) if (end := ends.get(model))),
    )
