"""A report scored again from what its run left, when corrections changed. No model is asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sessions_app.checkpoints import (
    findings_of,
    media_of,
    refinement_of,
    rows_of,
    rules_of,
    scoring_of,
    standing_corrections,
    talk_of,
    transcription_of,
)
from sessions_app.history import history_of
from sessions_app.limits import talk_limits
from sessions_app.models import Correction, SessionRun
from sessions_app.speech.corrections import CorrectionKind, edited
from sessions_app.speech.findings import Finding, FindingSource
from sessions_app.speech.judgements import fillers_on
from sessions_app.speech.words import Word
from sessions_app.stages import concluding
from sessions_app.stages.context import RunContext
from sessions_app.stages.outputs import ScoringOutput, TextSource

NOBODY = "none"


@dataclass(frozen=True, slots=True)
class Standing:
    """Words and findings of a report with the corrections that it was scored with."""

    words: tuple[Word, ...]
    findings: tuple[Finding, ...]
    source: TextSource

    def author_of(self, correction: Correction) -> str:
        """Whose work it sets right: a `FindingSource`, or `NOBODY`."""
        if correction.kind == CorrectionKind.WORD:
            return FindingSource.AI if self.source is TextSource.API else NOBODY
        found = fillers_on(
            self.findings, correction.start_word, correction.end_word, correction.text
        )
        if not found:
            return NOBODY
        decided = found[0].review is not None and found[0].source is FindingSource.RULE
        return FindingSource.AI if decided else found[0].source


def standing_of(run: SessionRun) -> Standing:
    """Raises `ValueError` for a run without words."""
    spoken, scored = transcription_of(run), scoring_of(rows_of(run))
    if spoken is None:
        raise ValueError("no words to correct")
    corrections = scored.corrections if scored else ()
    findings = scored.findings if scored else None
    return Standing(
        words=edited(spoken.words, corrections),
        findings=findings_of(run) if findings is None else findings,
        source=spoken.source,
    )


def scored_again(run: SessionRun) -> ScoringOutput | None:
    """What scoring gives with the corrections that stand now; `None` for a run without words."""
    rows = rows_of(run)
    context = RunContext(
        talk=talk_of(run.session, None),
        limits=talk_limits(),
        workdir=Path(),  # nothing is written
        media=media_of(rows),
        transcription=transcription_of(run),
        rules=rules_of(run, rows),
        refinement=refinement_of(run, rows),
        history=history_of(run.session),
        corrections=standing_corrections(run),
    )
    return concluding.run(context, _go_on)


def _go_on() -> None:
    """Nobody waits for an end of so short a work."""
