"""What the speaker set right, and whether this report can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app import queries
from sessions_app.display.moments import exact_clock
from sessions_app.messages import refusal_text
from sessions_app.models import Correction, PracticeSession, SessionRun
from sessions_app.report import Report
from sessions_app.speech import corrections
from sessions_app.speech.corrections import CorrectionKind
from sessions_app.speech.refusals import Refusal
from sessions_app.stages.outputs import TextSource

_WHAT: Mapping[str, Promise] = {
    CorrectionKind.NOT_A_FILLER: gettext_lazy("“%(said)s” is not a filler"),
    CorrectionKind.IS_A_FILLER: gettext_lazy("“%(said)s” is a filler"),
    CorrectionKind.WORD: gettext_lazy("“%(text)s” was said, not “%(said)s”"),
}


class Effect(StrEnum):
    APPLIED = "applied"
    REPLACED = "replaced"  # a later correction on these words stands
    LOST = "lost"  # these words are not in the transcript of this report


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """`why` is empty for one that is applied; `ms` is `None` where no time is known."""

    number: int
    what: str
    made_at: datetime
    ms: int | None
    clock: str
    effect: Effect
    why: str


@dataclass(frozen=True, slots=True)
class CorrectionsCard:
    """`rows` newest first. `transcript` is the key of the words that can be corrected, `None`
    where nothing can be, for the reason `why_not`.
    """

    transcript: int | None
    why_not: str
    rows: tuple[CorrectionRow, ...]

    @property
    def lost(self) -> int:
        return sum(row.effect is Effect.LOST for row in self.rows)


def corrections_card(session: PracticeSession, run: SessionRun, report: Report) -> CorrectionsCard:
    why_not = why_not_correctable(session, run, report)
    made = queries.corrections_of(session)
    applied = {each.number: each for each in report.corrections}
    return CorrectionsCard(
        transcript=None if why_not else run.transcript_id,
        why_not=why_not,
        rows=tuple(_row(made, at, applied.get(each.pk)) for at, each in enumerate(made)),
    )


def why_not_correctable(session: PracticeSession, run: SessionRun, report: Report) -> str:
    """What to tell somebody who wants to correct this report; empty where that is possible."""
    if report.source == TextSource.DRAFT:
        return refusal_text(Refusal.DRAFT)
    if run.is_live:
        return _("Words and fillers can be corrected as soon as the report is finished.")
    if run.pk != session.current_run_id or report.metrics is None:
        return refusal_text(Refusal.NO_REPORT)
    return ""


def _row(made: list[Correction], at: int, here: corrections.Correction | None) -> CorrectionRow:
    """`here` is the correction by the words of the report, if it is applied there."""
    correction = made[at]
    effect = Effect.APPLIED if here else _effect(correction, made[:at])
    ms = here.start_ms if here else None
    return CorrectionRow(
        number=correction.pk,
        what=what(correction),
        made_at=correction.made_at,
        ms=ms,
        clock="" if ms is None else exact_clock(ms),
        effect=effect,
        why=_why(effect),
    )


def what(correction: Correction | corrections.Correction) -> str:
    values = {"said": correction.said, "text": correction.text}
    return str(_WHAT.get(correction.kind, "%(said)s")) % values


def _effect(correction: Correction, later: list[Correction]) -> Effect:
    """Of one that the report does not have."""
    replaced = any(_overlap(correction, each) for each in later)
    return Effect.REPLACED if replaced else Effect.LOST


def _overlap(one: Correction, other: Correction) -> bool:
    """Whether both are about the same words; of two transcripts only times can be compared."""
    if one.transcript_id == other.transcript_id:
        return one.start_word < other.end_word and other.start_word < one.end_word
    if None in (one.start_ms, one.end_ms, other.start_ms, other.end_ms):
        return False
    return one.start_ms < other.end_ms and other.start_ms < one.end_ms  # type: ignore[operator]


def _why(effect: Effect) -> str:
    if effect is Effect.REPLACED:
        return _("Replaced by a later correction.")
    if effect is Effect.LOST:
        return _(
            "Not applied: the talk was written down anew, and these words are not said there at "
            "this time. Correct it again if it is still wrong, or remove it."
        )
    return ""
