from __future__ import annotations

from dataclasses import replace

import pytest
from pytest_django import Settings

from sessions_app import actions, pipeline
from sessions_app.models import SessionRun, StageState
from sessions_app.stages.context import Check, RunContext
from sessions_app.stages.outputs import RefinementOutput, TextSource
from tests.sessions_app.finished import finished_run
from tests.sessions_app.samples import REFINEMENT, TRANSCRIPTION, stages
from tests.sessions_app.second_reading import ADDED, DRAFTED, REJECTED, SECOND, STEP, configure

pytestmark = pytest.mark.django_db


@pytest.fixture
def first() -> SessionRun:
    """A report by the second reading, of a talk that was drafted, with a step down for each."""
    draft = replace(TRANSCRIPTION, source=TextSource.DRAFT)
    run = finished_run(
        own={
            "transcription": lambda context, check: draft,
            "refinement": lambda context, check: SECOND,
        }
    )
    run.steps_down = [*_json(DRAFTED), *run.steps_down]
    run.save()
    return run


def _json(*steps: object) -> list[dict[str, str]]:
    return [{name: str(getattr(s, name)) for name in ("left", "entered", "reason")} for s in steps]


def left_rungs(run: SessionRun) -> list[str]:
    return [step["left"] for step in run.steps_down]


def seen_by_refinement(run: SessionRun) -> RunContext:
    seen: list[RunContext] = []

    def refine(context: RunContext, check: Check) -> RefinementOutput:
        seen.append(context)
        return REFINEMENT

    pipeline.execute(run.pk, stages(refinement=refine))
    return seen[0]


def test_a_new_reading_starts_from_what_the_rules_found(first: SessionRun) -> None:
    second = actions.start_run(session=first.session, from_stage="refinement")
    (found,) = second.findings.all()
    assert (found.label, found.status, found.review) == ("um", "counted", None)
    assert second.fillers_by_rule is None
    assert seen_by_refinement(second).refinement is None


def test_new_coaching_alone_keeps_the_second_reading(first: SessionRun, settings: Settings) -> None:
    configure(settings)
    second = actions.start_run(session=first.session, coaching_only=True)
    assert second.from_stage == "refinement"
    assert second.coaching_only
    row = second.stages.get(stage="refinement")
    assert (row.state, row.attempt) == (StageState.PENDING, 0)
    context = seen_by_refinement(second)
    assert context.rules is not None
    assert context.rules.findings == (REJECTED, ADDED)
    assert context.refinement == SECOND


def test_new_coaching_takes_the_place_of_what_was_handed_on(
    first: SessionRun, settings: Settings
) -> None:
    configure(settings)
    second = actions.start_run(session=first.session, coaching_only=True)
    seen_by_refinement(second)
    second = SessionRun.objects.get(pk=second.pk)
    assert second.coaching.source == REFINEMENT.mode
    assert second.stages.get(stage="refinement").attempt == 1
    first.refresh_from_db()
    assert first.coaching.source == SECOND.mode


def test_later_stages_take_over_findings_coaching_and_counts(first: SessionRun) -> None:
    second = actions.start_run(session=first.session, from_stage="scoring")
    assert [found.review for found in second.findings.all()] == [
        found.review for found in first.findings.all()
    ]
    assert second.coaching.content == first.coaching.content
    assert (second.fillers_by_rule, second.fillers_by_ai) == (1, 2)
    assert (second.coaching_regenerated, second.regeneration_grounds) == (True, "beyond")
    assert second.mode == "sequential"


@pytest.mark.parametrize(
    ("from_stage", "kept"),
    [
        ("media", []),
        ("transcription", []),
        ("rules", ["api"]),
        ("refinement", ["api"]),
        ("scoring", ["api", STEP.left]),
    ],
)
def test_steps_down_of_what_is_kept_still_hold(
    first: SessionRun, from_stage: str, kept: list[str]
) -> None:
    second = actions.start_run(session=first.session, from_stage=from_stage)
    assert left_rungs(second) == kept
