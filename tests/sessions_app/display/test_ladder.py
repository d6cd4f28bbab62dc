from __future__ import annotations

import pytest

from ai.errors import Outcome
from sessions_app.display.ladder import step_lines
from sessions_app.stages.outputs import Rung, StepDown

POSSIBLE = [
    (Rung.API, Rung.DRAFT),
    (Rung.PARALLEL, Rung.SEQUENTIAL),
    (Rung.PARALLEL, Rung.RULE_BASED),
    (Rung.SEQUENTIAL, Rung.RULE_BASED),
]


@pytest.mark.parametrize(("left", "entered"), POSSIBLE)
def test_every_step_is_a_sentence_in_words(left: Rung, entered: Rung) -> None:
    (line,) = step_lines((StepDown(left, entered, "limit"),))
    assert not line.text.startswith(f"{left} did")
    assert not line.text.endswith(f"; {entered}.")


def test_steps_keep_their_order_reason_and_detail() -> None:
    lines = step_lines(
        (
            StepDown(Rung.PARALLEL, Rung.SEQUENTIAL, "limit"),
            StepDown(Rung.SEQUENTIAL, Rung.RULE_BASED, Outcome.QUOTA_EXHAUSTED, "429 quota"),
        )
    )
    assert "longer than it is given" in lines[0].reason.happened
    assert "no money or quota" in lines[1].reason.happened
    assert lines[1].detail == "429 quota"
