"""How long an answer takes: until its first token, and until its last."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Profile(StrEnum):
    NONE = "none"
    TOKEN = "token"  # by model and length, as measured on the real API


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds to the first token, and tokens a second from there."""

    first: float
    tokens: float


SPEEDS = {"gpt-5.4": Speed(0.64, 43)}
USUAL = Speed(0.6, 75)  # gpt-5.4-mini
TRANSCRIPTION = 0.65
TRANSCRIPTION_PER_SECOND = 0.019  # of audio
EMBEDDINGS = 0.3


@dataclass(frozen=True, slots=True)
class Delay:
    """Seconds after the request was complete."""

    first: float = 0.0
    last: float = 0.0


@dataclass(frozen=True, slots=True)
class Latency:
    """`factors` are those of models that are slower now than usual."""

    profile: Profile
    scale: float
    factors: dict[str, float] = field(default_factory=dict)

    def chat(self, model: str, output_tokens: int) -> Delay:
        speed = SPEEDS.get(model, USUAL)
        factor = self.factors.get(model, 1.0)
        return self._delay(speed.first * factor, output_tokens / speed.tokens * factor)

    def transcription(self, audio_seconds: float) -> Delay:
        return self._delay(TRANSCRIPTION + TRANSCRIPTION_PER_SECOND * audio_seconds)

    def embeddings(self) -> Delay:
        return self._delay(EMBEDDINGS)

    def _delay(self, first: float, rest: float = 0.0) -> Delay:
        if self.profile is Profile.NONE:
            return Delay()
        return Delay(first * self.scale, (first + rest) * self.scale)
