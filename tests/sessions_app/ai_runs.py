"""Outputs of the hybrid: a second reading, a review of the content, and steps down."""

from __future__ import annotations

from dataclasses import replace

from ai.errors import Outcome
from sessions_app.coaching.agreement import compare
from sessions_app.coaching.schemas import (
    ContentReview,
    Evidence,
    PartFound,
    Remark,
    StructurePart,
)
from sessions_app.speech.findings import (
    Decision,
    Finding,
    FindingKind,
    FindingSource,
    FindingStatus,
    Review,
)
from sessions_app.stages.outputs import Mode, Rung, StepDown, WindowFacts
from tests.sessions_app.samples import REFINEMENT, RULES

SAID = (Evidence(1, 3),)
REVIEW = ContentReview(
    language="en",
    main_message=Remark("Greeting people matters.", SAID),
    structure=Remark("It opens and never closes.", SAID),
    parts=(PartFound(StructurePart.OPENING, Evidence(0, 3)),),
    strengths=(Remark("Warm from the first word.", SAID),),
    concern=Remark("Nothing is asked of the listeners.", SAID),
)
REJECTED = replace(
    RULES.findings[0],
    status=FindingStatus.REJECTED,
    review=Review(Decision.REJECTED, 0.92, "It is a name here.", FindingStatus.COUNTED),
)
ADDED = Finding(
    FindingKind.FILLER, "there", "there.", 2, 3, 950, 1400,
    source=FindingSource.AI, confidence=0.81,
    review=Review(Decision.ADDED, 0.81, "It only fills.", None),
)  # fmt: skip
READ_TWICE = replace(
    REFINEMENT,
    mode=Mode.PARALLEL,
    findings=(REJECTED, ADDED),
    review=REVIEW,
    agreement=compare(15, 7, 0.2),
    regenerated=True,
    windows=WindowFacts(total=4, missing=0, unresolved=1, unsure=2),
)
WITHOUT_AI = replace(
    REFINEMENT,
    steps_down=(
        StepDown(Rung.PARALLEL, Rung.SEQUENTIAL, "limit"),
        StepDown(Rung.SEQUENTIAL, Rung.RULE_BASED, Outcome.UNAVAILABLE, "connection refused"),
    ),
)
