"""Words written by the configured model, piece by piece and all pieces at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from ai.errors import ModelError
from sessions_app.recognition.engine import NAME
from sessions_app.recognition.joining import joined
from sessions_app.stages.context import Check, ModelAccess, RunContext
from sessions_app.stages.hearing import open_hearing
from sessions_app.stages.hesitations import are_dropped
from sessions_app.stages.outputs import (
    LONGEST_ENGINE,
    Caveat,
    MediaOutput,
    TextSource,
    Timing,
    TranscriptionOutput,
)
from sessions_app.stages.placing import Placed
from sessions_app.stages.unheard import unheard

_EXACT = (Timing.RECOGNISED, Timing.ALIGNED)
_EXACT_SHARE = 0.6  # of the words: from here on the talk's times count as exact, …
_ALL_EXACT_SHARE = 0.85  # … and below this the report says that some are not


def api_words(
    context: RunContext, access: ModelAccess, media: MediaOutput, audio: Path, check: Check
) -> TranscriptionOutput:
    """Raises ModelAway, DraftInstead, StageProblem TRANSCRIPTION_UNAVAILABLE."""
    language = context.talk.language
    outcomes = _outcomes(context, access, media, audio, check)
    failed = [outcome for outcome in outcomes if isinstance(outcome, ModelError)]
    if failed:
        raise unheard(failed, waits=access.waits, language=language)
    return _output([part for part in outcomes if isinstance(part, Placed)], access, language)


def _outcomes(
    context: RunContext, access: ModelAccess, media: MediaOutput, audio: Path, check: Check
) -> list[Placed | ModelError]:
    """Of the pieces that are under way since the recording was decoded, or of all of them anew."""
    if context.hearing is not None:
        return context.hearing.outcomes()
    with open_hearing(context, access, check) as hearing:
        hearing.take_all(audio, media.pieces)
        return hearing.outcomes()


def _output(parts: Sequence[Placed], access: ModelAccess, language: str) -> TranscriptionOutput:
    words = joined((part.piece, part.words) for part in parts)
    model = access.config.models.transcription
    timing, caveats = _quality(parts)
    if are_dropped(model, words, language):
        caveats += (Caveat.HESITATIONS_DROPPED,)
    return TranscriptionOutput(
        words, TextSource.API, timing, language, _engine(access, timing), caveats
    )


def _engine(access: ModelAccess, timing: Timing) -> str:
    """Such as "whisper-1 at api.openai.com"; long names lose their end."""
    endpoint = access.config.transcription
    host = urlsplit(endpoint.base_url).hostname if endpoint else None
    aligned = f", {NAME} alignment" if timing is Timing.ALIGNED else ""
    name = f"{access.config.models.transcription} at {host}"
    return name[: LONGEST_ENGINE - len(aligned)] + aligned


def _quality(parts: Sequence[Placed]) -> tuple[Timing, tuple[Caveat, ...]]:
    """One word for times that came about in several ways, by the words of each."""
    counts = Counter[Timing]()
    for part in parts:
        counts[part.timing] += len(part.words)
    total = sum(counts.values())
    exact = sum(counts[timing] for timing in _EXACT)
    if total and exact >= _EXACT_SHARE * total:
        timing = max(_EXACT, key=counts.__getitem__)
        return timing, () if exact >= _ALL_EXACT_SHARE * total else (Caveat.TRANSCRIPT_DIFFERS,)
    if total and not counts[Timing.APPROXIMATE]:
        return Timing.CUES, ()
    return Timing.APPROXIMATE, (Caveat.TIMES_APPROXIMATE,)
