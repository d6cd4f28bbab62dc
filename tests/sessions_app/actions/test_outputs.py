from __future__ import annotations

import pytest

from sessions_app import actions
from sessions_app.models import CoachingNote, Finding, RunStage, SessionRun
from sessions_app.stages.outputs import RefinementOutput, StageName
from tests.factories import RunFactory
from tests.sessions_app.samples import REFINEMENT, RULES
from tests.sessions_app.second_reading import DRAFTED, SECOND

pytestmark = pytest.mark.django_db


@pytest.fixture
def lease() -> actions.Lease:
    lease = actions.claim_run(run_id=RunFactory.create().pk)
    assert lease is not None
    actions.begin_stage(lease, stage=StageName.RULES)
    actions.save_stage(lease, stage=StageName.RULES, output=RULES, save=actions.save_rules)
    return lease


def refine(lease: actions.Lease, output: RefinementOutput) -> SessionRun:
    stage = StageName.REFINEMENT
    actions.begin_stage(lease, stage=stage)
    actions.save_stage(lease, stage=stage, output=output, save=actions.save_refinement)
    return SessionRun.objects.get(pk=lease.run_id)


def test_findings_of_the_second_reading_replace_those_of_the_rules(lease: actions.Lease) -> None:
    run = refine(lease, SECOND)
    found = list(run.findings.values_list("label", "status", "source"))
    assert found == [("um", "rejected", "rule"), ("there", "counted", "ai")]
    review = run.findings.get(label="um").review
    assert review is not None
    assert (review["decision"], review["before"]) == ("rejected", "counted")


def test_findings_of_the_rules_stay_where_nobody_read_again(lease: actions.Lease) -> None:
    refine(lease, REFINEMENT)
    assert Finding.objects.get().label == "um"


def test_both_counts_and_the_decision_are_on_the_run(lease: actions.Lease) -> None:
    run = refine(lease, SECOND)
    assert run.mode == "sequential"
    assert (run.fillers_by_rule, run.fillers_by_ai, run.fillers_difference) == (1, 2, 1.0)
    assert (run.coaching_regenerated, run.regeneration_grounds) == (True, "beyond")


def test_without_a_comparison_nothing_is_claimed(lease: actions.Lease) -> None:
    run = refine(lease, REFINEMENT)
    assert (run.fillers_by_rule, run.fillers_by_ai, run.fillers_difference) == (None, None, None)
    assert (run.coaching_regenerated, run.regeneration_grounds) == (None, "")


def test_steps_down_are_added_to_earlier_ones(lease: actions.Lease) -> None:
    SessionRun.objects.update(steps_down=[{"left": DRAFTED.left, "entered": DRAFTED.entered}])
    run = refine(lease, SECOND)
    assert [step["left"] for step in run.steps_down] == ["api", "parallel"]


def test_what_other_tables_hold_is_not_stored_twice(lease: actions.Lease) -> None:
    refine(lease, SECOND)
    output = RunStage.objects.get(stage="refinement").output
    assert output is not None
    assert "coaching" not in output
    assert output["findings"] == []
    assert output["review"]["main_message"]["text"] == "You greet."
    assert CoachingNote.objects.get().source == "sequential"
