"""Everything the page of one talk shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sessions_app import queries
from sessions_app.checkpoints import findings_of
from sessions_app.display.caveats import caveat_texts, read_by_ai_alone
from sessions_app.display.coaching import CoachingCard, coaching_card
from sessions_app.display.comparison import Comparison, compare
from sessions_app.display.content_review import ReviewCard, review_card
from sessions_app.display.corrections import CorrectionsCard, corrections_card
from sessions_app.display.earlier import earlier_of, told_beside
from sessions_app.display.facts import Facts, coaching_source, facts_of
from sessions_app.display.findings import FindingList, finding_list
from sessions_app.display.first_scores import with_first_scores
from sessions_app.display.measures import MeasureGroup, measure_groups
from sessions_app.display.outlook import Outlook, outlook
from sessions_app.display.relevance import RelevanceCard, relevance_card
from sessions_app.display.retake import RetakeCard, is_beside, retake_card
from sessions_app.display.score_rules import ScoreRule, score_rules
from sessions_app.display.scores import ScoreCard, score_cards, why_unscored
from sessions_app.display.second_reading import SecondReading, second_reading
from sessions_app.display.shortfall import Shortfall, shortfall
from sessions_app.display.similar import SimilarPair, similar_pairs
from sessions_app.display.status import RunStatus, run_status
from sessions_app.display.transcript import Paragraph, paragraphs
from sessions_app.models import FINISHED_STAGES, PracticeSession, RunStage, RunState, SessionRun
from sessions_app.report import Report
from sessions_app.speech.norms import pace_norm
from sessions_app.stage_times import usual_ms
from sessions_app.stages.outputs import StageName, TextSource
from sessions_app.timeline import Timeline, build_timeline

FIRST = "first"
"""In the place of the state of a run that goes on, whatever it is waiting for."""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """`provisional` while its run goes on; `complete` only when every stage did its work.

    `read_again` says what an AI's reading changed, `coaching_source` who wrote the coaching.
    """

    report: Report
    provisional: bool
    complete: bool
    read_again: SecondReading | None
    shortfall: Shortfall | None
    draft: bool
    scores: tuple[ScoreCard, ...]
    why_unscored: str
    score_rules: tuple[ScoreRule, ...]
    coaching: CoachingCard | None
    coaching_source: str
    review: ReviewCard | None
    relevance: RelevanceCard | None
    retake: RetakeCard | None
    caveats: tuple[str, ...]
    read_by_ai_alone: bool
    timeline: Timeline | None
    paragraphs: tuple[Paragraph, ...]
    findings: FindingList
    corrections: CorrectionsCard
    measures: tuple[MeasureGroup, ...]
    comparison: Comparison | None
    similar: tuple[SimilarPair, ...]
    facts: Facts


@dataclass(frozen=True, slots=True)
class SessionPage:
    """`shows` names the report on the page, so that polling knows when to bring another.

    `older`: the report is of a run before the one whose status is given. `outlook` says what a run
    that goes on will still bring.
    """

    session: PracticeSession
    status: RunStatus
    report: ReportPage | None
    shows: str
    older: bool
    outlook: Outlook | None
    can_reprocess: bool
    can_try_again_with_ai: bool


def latest_status(session: PracticeSession) -> RunStatus | None:
    """`None` for a talk that waits for its speaker to be chosen."""
    if session.latest_run is None:
        return None
    return run_status(session.latest_run, queries.stage_rows(session.latest_run))


def shown(
    session: PracticeSession, rows: Sequence[RunStage] | None = None
) -> tuple[SessionRun | None, str]:
    """The run whose report the page has, and a key that changes when it becomes another report.

    A finished report stays until the next one is finished; without one, what the latest run has
    found so far is shown from the end of its rules stage to its own end, under one key. `rows` are
    the stages of the latest run, for whoever has them.
    """
    run, latest = session.current_run, session.latest_run
    if run is None and latest is not None:
        found = _has_findings(queries.stage_rows(latest) if rows is None else rows)
        run = latest if found else None
    if run is not None:
        run.session = session  # the same row, so that nobody asks for it again
    return (run, f"{run.pk}:{FIRST if run.is_live else run.state}") if run else (None, "")


def report_of(run: SessionRun | None) -> Report | None:
    """What the page shows of a run, scored for the moment while nobody else has; `None` before
    there are words.
    """
    report = queries.report(run) if run else None
    return with_first_scores(report, run.session.target_wpm) if run and report else None


def session_page(session: PracticeSession, kind: str = "") -> SessionPage | None:
    """`kind` filters the list of findings. `None` while no speaker is chosen."""
    latest = session.latest_run
    if latest is None:
        return None
    rows = queries.stage_rows(latest)
    run, shows = shown(session, rows)
    report = report_of(run)
    latest.session = session  # the same row, so that nobody asks for it again
    length = report.media.duration_ms if report and report.media else None
    usual = usual_ms(latest, length) if latest.is_live else None
    status = run_status(latest, rows, usual)
    page = report_page(session, run, report, kind) if run and report else None
    first = report if page and page.provisional else None
    complete = page is not None and page.complete
    return SessionPage(
        session=session,
        status=status,
        report=page,
        shows=shows if page else "",
        older=page is not None and run != latest,
        outlook=outlook(latest, first),
        can_reprocess=complete and _can_start(session, latest),
        can_try_again_with_ai=complete and queries.try_again_from(session) is not None,
    )


def report_page(session: PracticeSession, run: SessionRun, report: Report, kind: str) -> ReportPage:
    stored = None if run.is_live else getattr(run, "metrics", None)
    earlier = earlier_of(session, report)
    report = told_beside(earlier, session, run, report)
    cards = score_cards(report.scores, report.metrics, earlier)
    draft = report.source == TextSource.DRAFT
    facts = facts_of(run, report)
    retake = retake_card(session, earlier)
    return ReportPage(
        report=report,
        provisional=run.is_live,
        complete=run == session.current_run,
        read_again=_read_again(session, run, report),
        shortfall=shortfall(report),
        draft=draft,
        scores=cards,
        why_unscored=why_unscored(report.metrics) if not _scored(cards) else "",
        score_rules=score_rules(pace_norm(session.target_wpm), tuple(card.key for card in cards)),
        coaching=coaching_card(report),
        coaching_source=coaching_source(report, facts.calls.coaching_model if facts.calls else ""),
        review=review_card(report),
        relevance=relevance_card(session, report),
        retake=retake,
        caveats=caveat_texts(report),
        read_by_ai_alone=read_by_ai_alone(report),
        timeline=build_timeline(report),
        paragraphs=paragraphs(report),
        findings=finding_list(report.findings, kind),
        corrections=corrections_card(session, run, report),
        measures=measure_groups(report.metrics) if report.metrics else (),
        comparison=compare(stored, earlier) if stored and not is_beside(retake) else None,
        similar=() if run.is_live else similar_pairs(run),
        facts=facts,
    )


def _scored(cards: tuple[ScoreCard, ...]) -> bool:
    return any(card.value is not None for card in cards)


def _read_again(session: PracticeSession, run: SessionRun, report: Report) -> SecondReading | None:
    """Of a finished run: before, more may change."""
    if run.is_live or report.windows is None:
        return None
    return second_reading(report, findings_of(run), session.target_wpm)


def _has_findings(rows: Sequence[RunStage]) -> bool:
    return any(row.stage == StageName.RULES and row.state in FINISHED_STAGES for row in rows)


def _can_start(session: PracticeSession, latest: SessionRun) -> bool:
    ended = not latest.is_live and latest.state != RunState.QUARANTINED
    return ended and not session.recording_is_gone
