"""What speakers set right: kept as rows, and scored at once. No model is asked.

The row of the session is locked meanwhile: a report is corrected by one at a time, and a run that
becomes the report does so before or after.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts_app.models import User
from metrics_app.record import record_correction
from sessions_app.actions.outputs import save_scoring
from sessions_app.checkpoints import standing_corrections
from sessions_app.models import Correction, PracticeSession, RunStage, SessionRun, Transcript
from sessions_app.rescoring import Standing, scored_again, standing_of
from sessions_app.speech.corrections import CorrectionKind, in_force
from sessions_app.speech.packs import load_pack
from sessions_app.speech.refusals import CannotCorrect, Refusal, Wish, granted_text
from sessions_app.stages.outputs import StageName, TextSource


@transaction.atomic
def correct(
    *,
    session: PracticeSession,
    author: User,
    kind: str,
    start_word: int,
    end_word: int,
    text: str = "",
    transcript: int | None = None,
) -> Correction:
    """Set right words `start_word` up to, not including, `end_word` of the report.

    `text` is the word that was said; for fillers it may name one of several labels on one word.
    `transcript` is the key of the words that were seen, where the caller knows it. Raises
    `CannotCorrect`.
    """
    run = _report_of(session.pk)
    spoken = run.transcript
    if spoken is None or spoken.source == TextSource.DRAFT:
        raise CannotCorrect(Refusal.DRAFT)
    if transcript not in (None, spoken.pk):
        raise CannotCorrect(Refusal.OTHER_WORDS)
    wish = Wish(CorrectionKind(kind), start_word, end_word, text)
    before = standing_of(run)
    label = granted_text(wish, before.words, before.findings, load_pack(spoken.language))
    correction = _kept(replace(wish, text=label), spoken, author, before)
    _score(run)
    _count(correction, run, before, made=True)
    return correction


@transaction.atomic
def take_back(*, correction: Correction) -> None:
    """Let what was there before stand again. Nothing happens to one that is taken back already.

    Raises `CannotCorrect` when the talk is gone.
    """
    run = _report_of(correction.session_id)
    standing = Correction.objects.filter(pk=correction.pk, taken_back_at=None)
    if not standing.update(taken_back_at=timezone.now()):
        return
    correction.refresh_from_db()
    _score(run)
    _count(correction, run, standing_of(run), made=False)


def catch_up(run: SessionRun) -> None:
    """Within the transaction that makes the run its session's report, and with the session
    locked: score again if corrections were made or taken back since it was scored.
    """
    row = run.stages.filter(stage=StageName.SCORING).first()
    if row is None or run.transcript_id is None:
        return
    run.transcript = Transcript.objects.defer("words").get(pk=run.transcript_id)
    if run.transcript.source == TextSource.DRAFT:
        return
    scored = {entry["number"] for entry in (row.output or {}).get("corrections", ())}
    if scored != {correction.number for correction in in_force(standing_corrections(run))}:
        _score(run)


def _report_of(session_id: UUID) -> SessionRun:
    """Locks the session."""
    sessions = PracticeSession.objects.select_for_update(of=("self",), no_key=True)
    shown = sessions.filter(pk=session_id).values_list("current_run", flat=True).first()
    runs = SessionRun.objects.select_related("session", "transcript")
    run = runs.filter(pk=shown, metrics__isnull=False).first() if shown else None
    if run is None:
        raise CannotCorrect(Refusal.NO_REPORT)
    return run


def _kept(wish: Wish, spoken: Transcript, author: User, before: Standing) -> Correction:
    said = before.words[wish.start_word : wish.end_word]
    return Correction.objects.create(
        session_id=spoken.session_id,
        transcript=spoken,
        author=author,
        kind=wish.kind,
        start_word=wish.start_word,
        end_word=wish.end_word,
        start_ms=said[0].start_ms,
        end_ms=said[-1].end_ms,
        said=" ".join(word.text for word in said),
        text=wish.text,
    )


def _score(run: SessionRun) -> None:
    output = scored_again(run)
    if output is not None:
        row = RunStage.objects.get(run=run, stage=StageName.SCORING)
        save_scoring(run, row, output)
        row.save(update_fields=["output"])


def _count(correction: Correction, run: SessionRun, before: Standing, *, made: bool) -> None:
    """The label only where a pack knows it: what else was said is nobody's business."""
    language = run.transcript.language if run.transcript else ""
    pack = load_pack(language)
    known = {entry.label for entry in pack.filler_forms.values() if entry} if pack else set()
    record_correction(
        made=made,
        kind=correction.kind,
        source=before.author_of(correction),
        label=correction.text if correction.text in known else "",
        language=language,
        run_id=run.pk,
        owner_id=run.session.owner_id,
    )
