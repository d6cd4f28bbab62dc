"""The words of a finished run as vectors: planned with the report, made by a job of its own.

The checkpoint is claimed by compare-and-set; its attempt number is what a save has to show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from sessions_app import codec, doorbell
from sessions_app.model_access import embeds
from sessions_app.models import (
    EMBEDDING_ATTEMPTS,
    Passage,
    PracticeSession,
    RunStage,
    SessionRun,
    SimilarMoment,
    StageState,
    embedding_due,
)
from sessions_app.stages.outputs import EmbeddingsOutput, Match, StageName


@dataclass(frozen=True, slots=True)
class EmbeddingClaim:
    run_id: UUID
    attempt: int


def plan_embedding(run: SessionRun) -> None:
    """Within the transaction that makes the run its session's report: leave work for later, or
    say there is none. What still waits for reports before it is not needed any more.
    """
    planned = embeds(run)
    waiting = RunStage.objects.filter(stage=StageName.EMBEDDINGS, state=StageState.PENDING)
    waiting.filter(run__session=run.session_id).update(state=StageState.SKIPPED, finished_at=Now())
    RunStage.objects.create(
        run=run,
        stage=StageName.EMBEDDINGS,
        state=StageState.PENDING if planned else StageState.SKIPPED,
        attempt=0,
        started_at=timezone.now(),
        finished_at=None if planned else timezone.now(),
    )
    if planned:
        transaction.on_commit(partial(doorbell.ring, run.pk, doorbell.LOW))


def claim_embedding(*, run_id: UUID) -> EmbeddingClaim | None:
    """`None` when another worker got there first or it is not the time.

    One left behind by its last worker has failed.
    """
    due = RunStage.objects.filter(embedding_due(), run=run_id)
    due.filter(attempt__gte=EMBEDDING_ATTEMPTS).update(state=StageState.FAILED, finished_at=Now())
    before = due.values_list("attempt", flat=True).first()
    if before is None:
        return None
    claimed = due.filter(attempt=before).update(
        state=StageState.RUNNING, attempt=F("attempt") + 1, started_at=Now()
    )
    return EmbeddingClaim(run_id, before + 1) if claimed else None


def release_embedding(claim: EmbeddingClaim) -> None:
    """Let go of work that was not done, as if it had not been taken."""
    _mine(claim).update(state=StageState.PENDING, attempt=F("attempt") - 1)


def give_up_embedding(claim: EmbeddingClaim, *, for_good: bool) -> None:
    """After a failure: for another try later, where there is any."""
    over = for_good or claim.attempt >= EMBEDDING_ATTEMPTS
    if over:
        _mine(claim).update(state=StageState.FAILED, finished_at=Now())
    else:
        _mine(claim).update(state=StageState.PENDING)


@transaction.atomic
def save_embedding(
    claim: EmbeddingClaim, *, output: EmbeddingsOutput | None, matches: Sequence[Match]
) -> bool:
    """Store the passages of the session's report in place of those of earlier ones.

    `Match.earlier` is the key of a passage. `None` as output: there was nothing to embed.
    `False` when nothing was stored: also when the claim has passed to another worker, or there
    is another report by now.
    """
    run = SessionRun.objects.filter(pk=claim.run_id).first()
    if run is None:
        return False
    known = Passage.objects.filter(pk__in=[match.earlier for match in matches])
    is_current = _lock_sessions(run, known)
    row = _mine(claim).select_for_update().first()
    if row is None:
        return False
    if output is None or not is_current:
        _finish(row, StageState.SKIPPED)
        return False
    there = set(known.values_list("pk", flat=True))
    _replace_passages(run, output, [match for match in matches if match.earlier in there])
    _finish(row, StageState.DONE)
    return True


def _lock_sessions(run: SessionRun, known: QuerySet[Passage]) -> bool:
    """Hold off the deletion of this talk and of those it is like; is this still its report?"""
    ids = {run.session_id, *known.values_list("run__session", flat=True)}
    sessions = PracticeSession.objects.select_for_update(of=("self",), no_key=True)
    current = dict(sessions.filter(pk__in=ids).order_by("pk").values_list("pk", "current_run"))
    return current.get(run.session_id) == run.pk


def _replace_passages(run: SessionRun, output: EmbeddingsOutput, matches: Sequence[Match]) -> None:
    Passage.objects.filter(run=run).delete()
    stored = Passage.objects.bulk_create(
        Passage(
            run=run,
            start_word=passage.start_word,
            end_word=passage.end_word,
            text=passage.text,
            start_ms=passage.start_ms,
            model=output.model,
            vector=codec.dump_vector(passage.vector),
        )
        for passage in output.passages
    )
    here = {passage.start_word: passage for passage in stored}
    SimilarMoment.objects.bulk_create(
        SimilarMoment(
            passage=here[match.start_word], earlier_id=match.earlier, similarity=match.similarity
        )
        for match in matches
    )
    _follow(run, output.model, {passage.text: passage for passage in stored})
    Passage.objects.filter(run__session=run.session_id).exclude(run=run).delete()


def _follow(run: SessionRun, model: str, now: Mapping[str, Passage]) -> None:
    """Later talks that are like a passage of an earlier report are like the same words of this."""
    pointing = SimilarMoment.objects.filter(
        earlier__run__session=run.session_id, earlier__model=model
    ).exclude(earlier__run=run)
    for moment in pointing.select_related("earlier"):
        passage = now.get(moment.earlier.text)
        if passage is not None:
            moment.earlier = passage
            moment.save(update_fields=["earlier"])


def _finish(row: RunStage, state: StageState) -> None:
    row.state = state
    row.finished_at = timezone.now()
    row.duration_ms = max(0, round((row.finished_at - row.started_at).total_seconds() * 1000))
    row.save()


def _mine(claim: EmbeddingClaim) -> QuerySet[RunStage]:
    return RunStage.objects.filter(
        run=claim.run_id,
        stage=StageName.EMBEDDINGS,
        state=StageState.RUNNING,
        attempt=claim.attempt,
    )
