"""What the database, the reports and the server's log have, once nobody works any more."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence

from ai.errors import Outcome
from metrics_app.models import Call
from sessions_app import queries
from sessions_app.models import PracticeSession
from sessions_app.report import Report
from sessions_app.speech.findings import FindingSource
from tests.chaos import bookkeeping, talks
from tests.faulty.evidence import Batch, Question, Span, Told
from tests.faulty.usefulness import is_of_use
from tests.simulator import Asked, Simulator


def read(titles: Sequence[str], simulator: Simulator, seconds: float) -> Batch:
    log = simulator.log()
    wanted = set(titles)
    return Batch(
        titles=titles,
        talks=[talk for talk in talks.read() if talk.title in wanted],
        told={title: _told(title) for title in titles},
        questions=_questions(log, simulator),
        log=log,
        dollars=bookkeeping.read().usd,
        bill=simulator.bill().total,
        given_up=Call.objects.filter(outcome__in=(Outcome.TIMEOUT, Outcome.CANCELLED)).count(),
        seconds=seconds,
    )


def _questions(log: Sequence[Asked], simulator: Simulator) -> dict[str, list[Question]]:
    asked: dict[tuple[str, str], list[Asked]] = defaultdict(list)
    for each in log:
        asked[each.project, each.question].append(each)
    found: dict[str, list[Question]] = defaultdict(list)
    for (project, _), same in asked.items():
        answered = any(is_of_use(each) for each in same)
        unread = same[0].purpose == "verdicts" and not answered
        stretch = _stretch(simulator.body(same[0].id)) if unread else None
        found[project].append(Question(same[0].purpose, answered, stretch))
    return found


def _stretch(body: dict[str, list[dict[str, str]]]) -> Span:
    window = json.loads(body["messages"][-1]["content"])
    return window["first"], window["last"]


def _told(title: str) -> Told:
    session = PracticeSession.objects.select_related("latest_run").get(title=title)
    run = session.latest_run
    assert run is not None
    report = queries.report(run)
    if report is None:
        return Told(run.state, run.problem)
    windows = report.windows
    return Told(
        state=run.state,
        problem=run.problem,
        mode=report.mode,
        source=report.source,
        windows=windows.total if windows else 0,
        missing=windows.missing if windows else 0,
        reviewed=report.review is not None,
        caveats=frozenset(report.caveats),
        stepped_down=bool(report.steps_down),
        reread=tuple(_reread(report)),
    )


def _reread(report: Report) -> list[int]:
    return [
        finding.start_word
        for finding in report.findings
        if finding.review is not None or finding.source is FindingSource.AI
    ]
