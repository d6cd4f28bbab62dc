"""What became of each talk, and whether anything of it is there twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from metrics_app.models import Run
from sessions_app.models import PracticeSession, SessionRun


@dataclass(frozen=True, slots=True)
class Report:
    """One run. `rows` names every row that it may have once: its stages, findings, words, metrics,
    coaching, and the record of its end.
    """

    run_id: UUID
    state: str
    problem: str
    degraded: bool
    rows: tuple[str, ...]

    @property
    def doubles(self) -> int:
        return len(self.rows) - len(set(self.rows))


@dataclass(frozen=True, slots=True)
class Talk:
    """`is_shown`: the run that its speaker sees is there."""

    title: str
    is_shown: bool
    reports: tuple[Report, ...]


def read() -> list[Talk]:
    sessions = PracticeSession.objects.order_by("created_at").prefetch_related("runs")
    return [_talk(session) for session in sessions]


def _talk(session: PracticeSession) -> Talk:
    reports = tuple(_report(run) for run in session.runs.all())
    return Talk(session.title, session.current_run_id is not None, reports)


def _report(run: SessionRun) -> Report:
    return Report(run.pk, run.state, run.problem, run.is_degraded, tuple(_rows(run)))


def _rows(run: SessionRun) -> Iterator[str]:
    yield from run.stages.values_list("stage", flat=True)
    for kind, label, first, last in run.findings.values_list(
        "kind", "label", "start_word", "end_word"
    ):
        yield f"{kind} {label} {first}-{last}"
    yield from ("words" for _ in run.session.transcripts.all())
    for part in ("metrics", "coaching"):
        if hasattr(run, part):
            yield part
    yield from ("end" for _ in Run.objects.filter(run_id=run.pk))
