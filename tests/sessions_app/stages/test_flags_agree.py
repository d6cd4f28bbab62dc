"""The same findings and the same numbers, whichever flags are on, against a model server."""

from dataclasses import asdict, replace
from itertools import product
from typing import Any

import pytest

from ai.retry import MAX_USELESS
from sessions_app.speech.findings import Finding
from sessions_app.stages import scoring
from sessions_app.stages.context import Plan, RunContext
from sessions_app.stages.outputs import Caveat, Mode, RefinementOutput, StageName, WindowFacts
from tests.sessions_app.coaching.made_up import made_up
from tests.sessions_app.stages.hybrid_runs import AGREED, access, read, refined
from tests.simulator import Simulator

BY_REVIEW = {"structure", "overall"}
PLANS = [
    Plan(parallel=parallel, windowed=windowed, content_review=content)
    for parallel, windowed, content in product((True, False), repeat=3)
]


def found(output: RefinementOutput) -> list[Finding]:
    """What was found and decided; the model may say why in other words."""
    assert output.findings is not None
    return [
        replace(each, review=each.review and replace(each.review, reason=""))
        for each in output.findings
    ]


def numbers(talk: RunContext, output: RefinementOutput) -> tuple[dict[str, Any], dict[str, Any]]:
    """Measures, and the scores that need no content review."""
    scored = scoring.run(talk.with_output(StageName.REFINEMENT, output), lambda: None)
    assert scored is not None
    scores = asdict(scored.scores)
    assert (scores["structure"] is None) == (output.review is None)
    kept = {name: score for name, score in scores.items() if name not in BY_REVIEW}
    return asdict(scored.metrics), kept


@pytest.mark.parametrize(("seed", "size"), [(1, 60), (2, 260), (3, 505), (4, 720)])
def test_whichever_flags_are_on_a_talk_has_one_report(
    seed: int, size: int, simulator: Simulator, redis_url: str
) -> None:
    talk = read(made_up(seed, size))
    outputs = [refined(talk, access(simulator.url, redis_url, plan=plan)) for plan in PLANS]
    first = outputs[0]
    assert any(each.review for each in found(first)), "nothing was judged"
    for plan, output in zip(PLANS, outputs, strict=True):
        assert found(output) == found(first), plan
        assert numbers(talk, output) == numbers(talk, first), plan
        assert output.agreement == first.agreement, plan
        assert output.steps_down == (), plan


def test_the_whole_talk_is_asked_about_in_one_call_with_room_for_it(
    simulator: Simulator, redis_url: str
) -> None:
    way = access(simulator.url, redis_url, plan=Plan(windowed=False))
    output = refined(read(AGREED), way)
    (asked,) = simulator.log("verdicts")
    assert simulator.body(asked.id)["max_completion_tokens"] == 4_000
    assert output.windows == WindowFacts(total=1, missing=0, unresolved=0, unsure=0)


def test_one_call_that_is_refused_leaves_the_rules_findings_marked(
    simulator: Simulator, redis_url: str
) -> None:
    talk = read(AGREED)
    simulator.next_faults(["refusal"] * MAX_USELESS, "verdicts")
    output = refined(talk, access(simulator.url, redis_url, plan=Plan(windowed=False)))
    assert talk.rules is not None
    assert output.findings == talk.rules.findings
    assert (output.mode, output.caveats) == (Mode.SEQUENTIAL, (Caveat.WINDOWS_MISSING,))
    assert output.agreement is None
    assert output.review is not None
    assert len(simulator.log("coaching")) == 1
    assert simulator.log("coaching_again") == []


def test_a_switched_off_review_is_not_asked_for_and_not_called_missing(
    simulator: Simulator, redis_url: str
) -> None:
    output = refined(
        read(AGREED), access(simulator.url, redis_url, plan=Plan(content_review=False))
    )
    assert simulator.log("review") == []
    assert (output.review, output.steps_down) == (None, ())
    assert output.caveats == (Caveat.REVIEW_OFF,)
