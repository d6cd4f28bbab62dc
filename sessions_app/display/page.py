"""Everything the page of one talk shows."""

from __future__ import annotations

from dataclasses import dataclass

from sessions_app import queries
from sessions_app.display.caveats import caveat_texts, read_by_ai_alone
from sessions_app.display.coaching import CoachingCard, coaching_card
from sessions_app.display.comparison import Comparison, compare
from sessions_app.display.content_review import ReviewCard, review_card
from sessions_app.display.corrections import CorrectionsCard, corrections_card
from sessions_app.display.earlier import earlier_of, told_beside
from sessions_app.display.facts import Facts, coaching_source, facts_of
from sessions_app.display.findings import FindingList, finding_list
from sessions_app.display.measures import MeasureGroup, measure_groups
from sessions_app.display.relevance import RelevanceCard, relevance_card
from sessions_app.display.retake import RetakeCard, is_beside, retake_card
from sessions_app.display.score_rules import ScoreRule, score_rules
from sessions_app.display.scores import ScoreCard, score_cards, why_unscored
from sessions_app.display.shortfall import Shortfall, shortfall
from sessions_app.display.similar import SimilarPair, similar_pairs
from sessions_app.display.status import RunStatus, run_status
from sessions_app.display.transcript import Paragraph, paragraphs
from sessions_app.models import FINISHED_STAGES, PracticeSession, RunState, SessionRun
from sessions_app.report import Report
from sessions_app.speech.norms import pace_norm
from sessions_app.stages.outputs import StageName, TextSource
from sessions_app.timeline import Timeline, build_timeline
from speechcoach.model_config import model_config


@dataclass(frozen=True, slots=True)
class ReportPage:
    """`provisional` while its run goes on; `complete` only when every stage did its work.

    `ai_reads` while the second reading is still to come; `coaching_source` says who wrote it.
    """

    report: Report
    provisional: bool
    complete: bool
    ai_reads: bool
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

    `older`: the report is of a run before the one whose status is given.
    """

    session: PracticeSession
    status: RunStatus
    report: ReportPage | None
    shows: str
    older: bool
    can_reprocess: bool
    can_try_again_with_ai: bool


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
    if run is not None:
        run.session = session  # the same row, so that nobody asks for it again
    return (run, f"{run.pk}:{run.state}") if run else (None, "")


def session_page(session: PracticeSession, kind: str = "") -> SessionPage | None:
    """`kind` filters the list of findings. `None` while no speaker is chosen."""
    latest = session.latest_run
    if latest is None:
        return None
    status = run_status(latest, queries.stage_rows(latest))
    run, shows = shown(session)
    report = queries.report(run) if run else None
    page = report_page(session, run, report, kind) if run and report else None
    complete = page is not None and page.complete
    return SessionPage(
        session=session,
        status=status,
        report=page,
        shows=shows if page else "",
        older=page is not None and run != latest,
        can_reprocess=complete and _can_start(session, latest),
        can_try_again_with_ai=complete and queries.try_again_from(session) is not None,
    )


def report_page(session: PracticeSession, run: SessionRun, report: Report, kind: str) -> ReportPage:
    stored = getattr(run, "metrics", None)
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
        ai_reads=run.is_live and _is_read_by_ai(report),
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
        similar=similar_pairs(run),
        facts=facts,
    )


def _scored(cards: tuple[ScoreCard, ...]) -> bool:
    return any(card.value is not None for card in cards)


def _is_read_by_ai(report: Report) -> bool:
    """Whether the AI is going to read these words; it never reads drafts."""
    config = model_config()
    asked = config is not None and config.chat is not None
    return asked and report.coaching is None and report.source != TextSource.DRAFT


def _has_findings(run: SessionRun) -> bool:
    return run.stages.filter(stage=StageName.RULES, state__in=FINISHED_STAGES).exists()


def _can_start(session: PracticeSession, latest: SessionRun) -> bool:
    ended = not latest.is_live and latest.state != RunState.QUARANTINED
    return ended and not session.recording_is_gone
