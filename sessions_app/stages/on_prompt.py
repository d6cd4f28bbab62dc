"""Part of scoring: is the talk on its practice prompt? It moves no score."""

from __future__ import annotations

from sessions_app.speech.relevance import (
    Relevance,
    RelevanceSource,
    relevance,
    relevance_by_rule,
)
from sessions_app.stages.context import RunContext
from sessions_app.stages.outputs import TextSource


def relevance_of(context: RunContext) -> Relevance | None:
    """By the points the content review made out in the prompt, else by its key words.

    `None` without a prompt, before there are words, for a draft, whose words are too often wrong,
    and where the prompt offers nothing to look for.
    """
    spoken, prompt = context.transcription, context.talk.prompt
    if spoken is None or spoken.source is TextSource.DRAFT or not prompt.strip():
        return None
    review = context.refinement.review if context.refinement else None
    read = relevance(review.points, RelevanceSource.AI) if review else None
    return read or relevance_by_rule(prompt, spoken.words, spoken.language)
