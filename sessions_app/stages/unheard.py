"""What becomes of a talk that the model did not transcribe."""

from __future__ import annotations

from collections.abc import Sequence

from ai.errors import ModelError, TryLater
from sessions_app.recognition.engine import knows_language
from sessions_app.stages.outputs import Rung, StepDown
from sessions_app.stages.problems import DraftInstead, ModelAway, Problem, StageProblem


def unheard(
    errors: Sequence[ModelError], *, waits: bool, language: str
) -> ModelAway | DraftInstead | StageProblem:
    """What to raise when some pieces failed with `errors`, at least one.

    A model that is away is waited for while there is patience. An answer that will not change
    is not: then it is a draft, and where no draft can be made the speaker has to know.
    """
    final = [error for error in errors if not isinstance(error, TryLater)]
    away = [error for error in errors if isinstance(error, TryLater)]
    if waits and not final:
        waiting = [error.retry_after for error in away if error.retry_after is not None]
        return ModelAway(away[0].outcome, max(waiting, default=None))
    error = (final or away)[0]
    if not knows_language(language):
        return StageProblem(Problem.TRANSCRIPTION_UNAVAILABLE, str(error))
    return DraftInstead(StepDown(Rung.API, Rung.DRAFT, error.outcome, error.detail))
