from __future__ import annotations

import dataclasses

import pytest

from sessions_app.actions import save_scoring
from sessions_app.checkpoints import (
    refinement_of,
    rows_of,
    rules_of,
    scoring_of,
    steps_down_of,
)
from sessions_app.models import SessionRun
from sessions_app.speech.corrections import Correction, CorrectionKind
from sessions_app.stages.outputs import RefinementOutput
from tests.sessions_app.finished import finished_run
from tests.sessions_app.samples import REFINEMENT, RULES, SCORING
from tests.sessions_app.second_reading import ADDED, REJECTED, SECOND, STEP

pytestmark = pytest.mark.django_db


def refined(output: RefinementOutput) -> SessionRun:
    return finished_run(own={"refinement": lambda context, check: output})


def test_a_second_reading_comes_back_as_it_was() -> None:
    run = refined(SECOND)
    assert refinement_of(run, rows_of(run)) == SECOND
    assert steps_down_of(run) == (STEP,)


def test_coaching_from_the_rules_alone_comes_back_as_it_was() -> None:
    run = refined(REFINEMENT)
    assert refinement_of(run, rows_of(run)) == REFINEMENT
    rules = rules_of(run, rows_of(run))
    assert rules is not None
    assert rules.findings == RULES.findings


def test_a_second_reading_that_left_no_finding_is_not_none() -> None:
    none_left = dataclasses.replace(SECOND, findings=())
    run = refined(none_left)
    assert refinement_of(run, rows_of(run)) == none_left


def test_runs_from_before_there_was_a_second_reading_are_read() -> None:
    run = refined(REFINEMENT)
    run.stages.filter(stage="refinement").update(output=None)
    assert refinement_of(run, rows_of(run)) == REFINEMENT


def test_scoring_comes_back_as_it_was() -> None:
    set_right = Correction(3, CorrectionKind.WORD, 1, 2, 400, 900, "hello", "hullo")
    scored = dataclasses.replace(
        SCORING,
        findings=(REJECTED, ADDED),
        corrections=(set_right,),
        sentences=((0, 2), (2, 3)),
        coaching=REFINEMENT.coaching,
    )
    run = finished_run()
    row = run.stages.get(stage="scoring")
    save_scoring(run, row, scored)
    row.save()
    assert scoring_of(rows_of(run)) == scored


def test_runs_scored_before_there_were_corrections_are_read() -> None:
    run = refined(REFINEMENT)
    run.stages.filter(stage="scoring").update(output=None)
    assert scoring_of(rows_of(run)) == SCORING


def test_metrics_and_findings_are_read_at_one_moment(django_assert_num_queries: object) -> None:
    run = refined(REFINEMENT)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert scoring_of(rows_of(run)) == SCORING


def test_a_note_saved_a_moment_after_its_row_was_read_waits_for_the_next_reading() -> None:
    run = refined(SECOND)
    rows = rows_of(run)
    rows["refinement"].state = "running"
    rows["refinement"].output = None
    assert refinement_of(run, rows) is None
