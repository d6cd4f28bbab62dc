"""Everything the page of one talk shows."""

from __future__ import annotations

from dataclasses import dataclass

from sessions_app import queries
from sessions_app.display.coaching import CoachingCard, coaching_card
from sessions_app.display.comparison import Comparison, compare
from sessions_app.display.findings import FindingList, finding_list
from sessions_app.display.measures import MeasureGroup, measure_groups
from sessions_app.display.names import MODES, TEXT_SOURCES, TIMINGS, name_of
from sessions_app.display.score_rules import ScoreRule, score_rules
from sessions_app.display.scores import ScoreCard, score_cards
from sessions_app.display.status import RunStatus, StageLine, run_status, stage_lines
from sessions_app.display.text import seconds
from sessions_app.display.transcript import Paragraph, paragraphs
from sessions_app.messages import caveat_text
from sessions_app.models import FINISHED_STAGES, PracticeSession, RunStage, RunState, SessionRun
from sessions_app.report import Report
from sessions_app.speech.norms import pace_norm
from sessions_app.stages.outputs import StageName, TextSource
from sessions_app.timeline import Timeline, build_timeline


@dataclass(frozen=True, slots=True)
class Facts:
    """How the report was made."""

    mode: str
    source: str
    timing: str
    engine: str
    run_number: int
    attempts: int
    processing_time: str
    stages: tuple[StageLine, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """`provisional` while its run goes on; `complete` only when every stage did its work."""

    report: Report
    provisional: bool
    complete: bool
    draft: bool
    scores: tuple[ScoreCard, ...]
    scored: bool
    score_rules: tuple[ScoreRule, ...]
    coaching: CoachingCard | None
    caveats: tuple[str, ...]
    timeline: Timeline | None
    paragraphs: tuple[Paragraph, ...]
    findings: FindingList
    measures: tuple[MeasureGroup, ...]
    comparison: Comparison | None
    facts: Facts


@dataclass(frozen=True, slots=True)
class SessionPage:
    """`shows` names the report on the page, so that polling knows when to bring another.

    `older`: the report is of a run before the one whose status is given.
    """

    session: PracticeSession
    status: RunStatus
    report: ReportPage | None
    shows: str
    older: bool
    can_reprocess: bool


def latest_status(session: PracticeSession) -> RunStatus | None:
    """`None` for a talk that waits for its speaker to be chosen."""
    if session.latest_run is None:
        return None
    return run_status(session.latest_run, queries.stage_rows(session.latest_run))


def shown(session: PracticeSession) -> tuple[SessionRun | None, str]:
    """The run whose report the page has, and a key that changes when it becomes another report.

    A finished report stays until the next one is finished; without one, what the latest run has
    found so far is shown once its rules stage has ended.
    """
    run = session.current_run
    if run is None and session.latest_run and _has_findings(session.latest_run):
        run = session.latest_run
    return (run, f"{run.pk}:{run.state}") if run else (None, "")


def session_page(session: PracticeSession, kind: str = "") -> SessionPage | None:
    """`kind` filters the list of findings. `None` while no speaker is chosen."""
    latest = session.latest_run
    if latest is None:
        return None
    rows = queries.stage_rows(latest)
    status = run_status(latest, rows)
    run, shows = shown(session)
    report = queries.report(run) if run else None
    if run != latest and run is not None:
        rows = queries.stage_rows(run)
    page = report_page(session, run, report, kind, rows) if run and report else None
    complete = page is not None and page.complete
    return SessionPage(
        session=session,
        status=status,
        report=page,
        shows=shows if page else "",
        older=page is not None and run != latest,
        can_reprocess=complete and _can_start(session, latest),
    )


def report_page(
    session: PracticeSession, run: SessionRun, report: Report, kind: str, rows: list[RunStage]
) -> ReportPage:
    stored = getattr(run, "metrics", None)
    cards = score_cards(report.scores, report.metrics)
    draft = report.source == TextSource.DRAFT
    return ReportPage(
        report=report,
        provisional=run.is_live,
        complete=run == session.current_run,
        draft=draft,
        scores=cards,
        scored=any(card.value is not None for card in cards),
        score_rules=score_rules(pace_norm(session.target_wpm), tuple(card.key for card in cards)),
        coaching=coaching_card(report),
        caveats=tuple(caveat_text(code) for code in report.caveats),
        timeline=build_timeline(report),
        paragraphs=paragraphs(report),
        findings=finding_list(report.findings, kind),
        measures=measure_groups(report.metrics) if report.metrics else (),
        comparison=compare(session, stored) if stored and not draft else None,
        facts=_facts(run, report, rows),
    )


def _facts(run: SessionRun, report: Report, rows: list[RunStage]) -> Facts:
    return Facts(
        mode=name_of(MODES, report.mode) if report.mode else "",
        source=name_of(TEXT_SOURCES, report.source),
        timing=name_of(TIMINGS, report.timing),
        engine=report.engine,
        run_number=run.number,
        attempts=run.attempts,
        processing_time=seconds(report.processing_time_ms),
        stages=stage_lines(run, rows),
    )


def _has_findings(run: SessionRun) -> bool:
    return run.stages.filter(stage=StageName.RULES, state__in=FINISHED_STAGES).exists()


def _can_start(session: PracticeSession, latest: SessionRun) -> bool:
    ended = not latest.is_live and latest.state != RunState.QUARANTINED
    return ended and not session.recording_is_gone
