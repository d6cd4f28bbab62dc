"""Stage: what passages of the talk are about, as vectors. A job of its own; nobody waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ai.questions import Deadline
from sessions_app.speech.passages import Range
from sessions_app.speech.passages import passages as cut
from sessions_app.speech.words import Word
from sessions_app.stages.context import Check, RunContext
from sessions_app.stages.conversing import converse
from sessions_app.stages.outputs import EmbeddingsOutput, PassageVector, TextSource

SHORTEST: Final = 60
LONGEST: Final = 120
"""Words. A shorter passage says too little to be like another; a longer one is about many
things, and its place in the talk says little."""

_SECONDS: Final = 120.0
"""One request of 0.3 s for an hour's talk; the rest is patience with a busy server."""


def run(context: RunContext, check: Check) -> EmbeddingsOutput | None:
    """`None` without a server that makes vectors, without words, and for drafts, whose words are
    too often wrong to be compared. Raises `ai.errors.ModelError`.
    """
    spoken, rules, access = context.transcription, context.rules, context.model
    if spoken is None or rules is None or not spoken.words or spoken.source is TextSource.DRAFT:
        return None
    if access is None or access.config.chat is None or not access.config.models.embedding:
        return None
    ranges = passages(rules.sentences)
    texts = [_text(spoken.words, passage) for passage in ranges]
    deadline = Deadline.after(_SECONDS)
    vectors = converse(access, check, lambda client: client.embed(texts, deadline))
    return EmbeddingsOutput(
        access.config.models.embedding,
        tuple(
            PassageVector(start, end, text, spoken.words[start].start_ms, vector)
            for (start, end), text, vector in zip(ranges, texts, vectors, strict=True)
        ),
    )


def passages(sentences: Sequence[Range]) -> tuple[Range, ...]:
    """Half-open ranges of 60 to 120 words that cover the same words in the same order."""
    return cut(sentences, SHORTEST, LONGEST)


def _text(words: Sequence[Word], passage: Range) -> str:
    return " ".join(word.text for word in words[slice(*passage)])
