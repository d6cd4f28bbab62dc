"""After a run: its words as vectors, and the moments of earlier talks they are like.

Nobody waits for it. What fails is tried again by the scheduler's rings, ever later.
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from uuid import UUID

from ai.errors import GiveUp, ModelError
from sessions_app import actions, handback, queries
from sessions_app.heartbeat import HandBack
from sessions_app.models import SessionRun
from sessions_app.stages import embeddings
from sessions_app.stages.similar import similar

logger = logging.getLogger(__name__)


def execute(run_id: UUID) -> None:
    """Harmless for a run that needs none, has them, or is being worked on elsewhere."""
    claim = actions.claim_embedding(run_id=run_id)
    if claim is None:
        logger.info("run %s: no embeddings to make here", run_id)
        return
    run = SessionRun.objects.select_related("session", "transcript").get(pk=run_id)
    try:
        _work(claim, run)
    except HandBack:
        actions.release_embedding(claim)
    except ModelError as error:
        logger.info("session %s run %s: no embeddings, %s", run.session_id, run.number, error)
        actions.give_up_embedding(claim, for_good=isinstance(error, GiveUp))


def _work(claim: actions.EmbeddingClaim, run: SessionRun) -> None:
    with tempfile.TemporaryDirectory() as workdir:
        output = embeddings.run(queries.words_context(run, Path(workdir)), _check)
    _check()
    earlier = queries.earlier_passages(run, output.model) if output else []
    matches = similar(output.passages, earlier) if output else ()
    if actions.save_embedding(claim, output=output, matches=matches):
        logger.info("session %s run %s: embeddings stored", run.session_id, run.number)


def _check() -> None:
    if handback.is_requested():
        raise HandBack
