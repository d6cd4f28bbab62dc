"""What this edge is told once, and never changes while a run goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class AnswerFormat(StrEnum):
    """How a server is asked for JSON."""

    AUTO = "auto"  # by schema, and by JSON mode from the moment the server refuses schemas
    SCHEMA = "schema"
    JSON = "json"  # JSON mode; the schema stands in the instructions, answers are validated


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server, such as https://api.openai.com/v1."""

    base_url: str
    api_key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Models:
    analysis: str
    coaching: str
    transcription: str
    embedding: str


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars; of a million tokens, and of a minute of audio."""

    input: Decimal = Decimal(0)
    cached: Decimal | None = None  # `input` where it is not given
    output: Decimal = Decimal(0)
    audio_minute: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Caps:
    """US dollars a day (UTC); `None` is no cap. A call of unknown price cannot be capped."""

    owner: Decimal | None = None
    total: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """What all processes together may send to one endpoint in a minute; `None` is no bound."""

    requests: int | None = None
    tokens: int | None = None
    concurrency: int = 24  # calls at once from one process


@dataclass(frozen=True, slots=True)
class Config:
    """`transcription` is the endpoint for audio, often another server than the one for chat.

    `None` for an endpoint: nobody configured one.
    """

    chat: Endpoint | None
    transcription: Endpoint | None
    models: Models
    redis_url: str
    answer_format: AnswerFormat = AnswerFormat.AUTO
    temperature: float | None = None
    reasoning_effort: str | None = None
    streaming: bool = False
    attempt_seconds: float = 60.0  # one attempt, from sending to the last byte
    budget: Budget = Budget()
    caps: Caps = Caps()
    prices: Mapping[str, Price] = field(default_factory=dict)
    answer_days: int = 30  # how long finished answers are kept; 0 keeps none
