"""A transcript in the forms in which servers give it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

LONGEST_SEGMENT = 14  # words
LANGUAGES = {
    "en": "english",
    "es": "spanish",
    "pt": "portuguese",
    "fr": "french",
    "de": "german",
    "it": "italian",
    "nl": "dutch",
}


class Detail(StrEnum):
    """What a server can tell of when something was said."""

    WORDS = "words"
    SEGMENTS = "segments"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Word:
    """Milliseconds from the start of the sound."""

    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Transcript:
    words: tuple[Word, ...]
    duration_ms: int
    language: str

    @property
    def text(self) -> str:
        return _text(self.words)

    def verbose(self, *, with_words: bool) -> dict[str, object]:
        """Times in seconds, as `verbose_json` has them."""
        body: dict[str, object] = {
            "task": "transcribe",
            "language": LANGUAGES.get(self.language, self.language),
            "duration": self.duration_ms / 1000,
            "text": self.text,
            "segments": [
                _segment(number, words) for number, words in enumerate(_segments(self.words))
            ],
        }
        if with_words:
            body["words"] = [{"word": word.text, **_times(word, word)} for word in self.words]
        return body


def _segment(number: int, words: Sequence[Word]) -> dict[str, object]:
    return {
        "id": number,
        "seek": 0,
        **_times(words[0], words[-1]),
        "text": f" {_text(words)}",
        "tokens": [],
        "temperature": 0.0,
        "avg_logprob": -0.2,
        "compression_ratio": 1.2,
        "no_speech_prob": 0.01,
    }


def _segments(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Up to the end of a sentence, or some words."""
    first = 0
    for number, word in enumerate(words, 1):
        if word.text.endswith((".", "!", "?")) or number - first == LONGEST_SEGMENT:
            yield words[first:number]
            first = number
    if first < len(words):
        yield words[first:]


def _times(first: Word, last: Word) -> dict[str, float]:
    return {"start": first.start_ms / 1000, "end": last.end_ms / 1000}


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
