from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sessions_app import queries
from sessions_app.display.first_scores import with_first_scores
from sessions_app.limits import talk_limits
from sessions_app.report import Report
from sessions_app.stages import scoring
from sessions_app.stages.context import RunContext, Talk
from sessions_app.stages.outputs import Caveat, TextSource, WindowFacts
from tests.sessions_app.ai_runs import REVIEW
from tests.sessions_app.provisional import FOUND, SPOKEN, under_review
from tests.sessions_app.samples import MEDIA

pytestmark = pytest.mark.django_db


@pytest.fixture
def unscored() -> Report:
    report = queries.report(under_review())
    assert report is not None
    assert report.metrics is None
    return report


def test_they_are_what_the_scoring_of_the_rules_findings_gives(unscored: Report) -> None:
    talk = Talk("", "en", "presentation", None, 150, None, "", "", "")
    context = RunContext(
        talk, talk_limits(), Path(), media=MEDIA, transcription=SPOKEN, rules=FOUND
    )
    given = scoring.run(context, lambda: None)
    report = with_first_scores(unscored, 150)
    assert given is not None
    assert (report.metrics, report.scores) == (given.metrics, given.scores)


def test_a_scored_report_is_left_alone(unscored: Report) -> None:
    scored = with_first_scores(unscored, None)
    assert with_first_scores(scored, 90) is scored


def test_a_review_that_is_there_already_gives_structure(unscored: Report) -> None:
    scores = with_first_scores(replace(unscored, review=REVIEW), None).scores
    assert scores is not None
    assert scores.structure is not None


def test_neither_pace_nor_fillers_of_a_draft_are_scored(unscored: Report) -> None:
    report = with_first_scores(replace(unscored, source=TextSource.DRAFT), None)
    assert report.scores is not None
    assert report.scores.pace is report.scores.fillers is None


@pytest.mark.parametrize(("missing", "total"), [(0, 6), (1, None)])
def test_without_a_pack_fillers_are_counted_where_all_words_were_read(
    unscored: Report, missing: int, total: int | None
) -> None:
    unknown = replace(unscored, caveats=(Caveat.NO_PACK,), windows=WindowFacts(2, missing, 0, 0))
    metrics = with_first_scores(unknown, None).metrics
    assert metrics is not None
    assert metrics.fillers_total == total
