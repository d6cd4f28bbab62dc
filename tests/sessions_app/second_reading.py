"""A refinement by the model, and the settings under which there is one."""

from __future__ import annotations

from dataclasses import replace

from pytest_django import Settings

from sessions_app.coaching.agreement import compare
from sessions_app.coaching.schemas import ContentReview, Evidence, PartFound, Remark, StructurePart
from sessions_app.speech.findings import (
    Decision,
    Finding,
    FindingKind,
    FindingSource,
    FindingStatus,
    Review,
)
from sessions_app.stages.outputs import Caveat, Mode, Rung, StepDown, WindowFacts
from tests.sessions_app.samples import REFINEMENT, RULES

REJECTED = replace(
    RULES.findings[0],
    status=FindingStatus.REJECTED,
    review=Review(Decision.REJECTED, 0.9, "A quotation.", FindingStatus.COUNTED),
)
ADDED = Finding(
    FindingKind.FILLER,
    "there",
    "there.",
    2,
    3,
    source=FindingSource.AI,
    review=Review(Decision.ADDED, 0.8, "", None),
)
STEP = StepDown(Rung.PARALLEL, Rung.SEQUENTIAL, "timeout", "after 120 s")
DRAFTED = StepDown(Rung.API, Rung.DRAFT, "rejected", "404")
SECOND = replace(
    REFINEMENT,
    mode=Mode.SEQUENTIAL,
    findings=(REJECTED, ADDED),
    review=ContentReview(
        language="en",
        main_message=Remark("You greet.", (Evidence(1, 3),)),
        structure=Remark("Short.", (Evidence(0, 3),)),
        parts=(PartFound(StructurePart.OPENING, Evidence(0, 2)),),
        strengths=(),
        concern=None,
    ),
    agreement=compare(1, 2, 0.2),
    regenerated=True,
    windows=WindowFacts(1, 0, 0, 0),
    steps_down=(STEP,),
    caveats=(Caveat.REVIEW_MISSING,),
)


def configure(settings: Settings) -> None:
    """A server nobody calls."""
    settings.OPENAI_BASE_URL = "http://model.invalid/v1"
