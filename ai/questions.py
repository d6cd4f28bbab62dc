"""What is asked of a model, and what comes back."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from io import SEEK_END, BufferedIOBase
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """Base of every answer: exactly the fields asked for, all of them.

    Fields take no defaults (an optional one is `T | None`), so that the JSON schema is accepted
    by servers that want every field required.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)


A = TypeVar("A", bound=Answer)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment of the monotonic clock after which nobody waits any more."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        return cls(time.monotonic() + seconds)

    @property
    def remaining(self) -> float:
        """Seconds, not below 0."""
        return max(0.0, self.at - time.monotonic())


@dataclass(frozen=True, slots=True)
class Question(Generic[A]):
    """`instructions` are ours and the same for many questions (a server caches such a prefix);
    `data` is JSON, and whatever stands in it is material, never instruction.

    `salt` separates answers that would otherwise be the same question.
    """

    purpose: str
    model: str
    prompt_version: str
    instructions: str
    data: str
    answer: type[A]
    max_output_tokens: int
    salt: str = ""


@dataclass(frozen=True, slots=True)
class Audio:
    """A piece of a recording as a file of its own, open for reading until it is answered.

    On disk it takes no memory while dozens of them wait for their answers.
    """

    file: BufferedIOBase
    name: str  # its extension tells the server the format
    duration_ms: int

    @property
    def size(self) -> int:
        """Bytes."""
        return self.file.seek(0, SEEK_END)

    def digest(self) -> str:
        self.file.seek(0)
        return hashlib.file_digest(self.file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class HeardWord:
    """Milliseconds from the start of the audio."""

    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class HeardSegment:
    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Heard:
    """What the server gave: always text; words, or else segments, where it knows times."""

    text: str
    words: tuple[HeardWord, ...] = ()
    segments: tuple[HeardSegment, ...] = ()
