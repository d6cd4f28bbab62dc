from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from ai.memory import MemoryBooks
from ai.retry import MAX_USELESS
from sessions_app.coaching.figures import find_figures
from sessions_app.coaching.schemas import Coaching
from sessions_app.coaching.slots import fill_coaching
from sessions_app.stages import refinement, scoring
from sessions_app.stages.context import Plan, RunContext
from sessions_app.stages.outputs import (
    Caveat,
    Mode,
    Rung,
    StageName,
    TextSource,
    Timing,
    WindowFacts,
)
from sessions_app.stages.problems import ModelAway
from tests.deadline import eventually
from tests.sessions_app.stages.hybrid_runs import AGREED, DISPUTED, access, read, refined
from tests.sessions_app.stages.spoken_runs import go_on, media, run_of
from tests.simulator import Simulator


def coached(context: RunContext) -> Coaching:
    output = refinement.run(context, go_on)
    assert output is not None
    assert output.mode is Mode.RULE_BASED
    return output.coaching


def test_coaches_on_what_the_rules_found() -> None:
    coaching = coached(run_of(recording=media()))
    assert [area.topic for area in coaching.focus_areas[:2]] == ["variety", "fillers"]
    assert all(area.evidence for area in coaching.focus_areas)


def test_shows_the_numbers_that_scoring_arrives_at() -> None:
    context = run_of()
    output = scoring.run(context, go_on)
    assert output is not None
    coaching = fill_coaching(coached(context), output.metrics)
    (fillers,) = [area for area in coaching.focus_areas if area.topic == "fillers"]
    assert "15.0" in fillers.what or "10" in fillers.what


def test_a_transcript_without_times_is_coached() -> None:
    coaching = coached(run_of(timing=Timing.NONE))
    assert [area.topic for area in coaching.focus_areas] == ["fillers"]


def test_a_draft_is_coached_without_its_words() -> None:
    draft = run_of(source=TextSource.DRAFT, timing=Timing.RECOGNISED, recording=media())
    assert "fillers" not in {area.topic for area in coached(draft).focus_areas}


def test_earlier_talks_are_acknowledged() -> None:
    context = run_of()
    earlier = scoring.metrics_of(context)
    worse = replace(earlier, fillers_per_minute=25.0)
    coaching = coached(replace(context, history=(worse, worse, worse)))
    assert "fillers" in coaching.acknowledgement
    assert coaching.comparisons[0].earlier == 25.0


def test_nothing_to_coach_without_words() -> None:
    assert refinement.run(replace(run_of(), transcription=None), go_on) is None


def test_stops_when_told_to() -> None:
    class Stopped(Exception):
        pass

    def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        refinement.run(run_of(), stop)


@pytest.fixture(scope="module")
def agreed() -> RunContext:
    return read(AGREED)


@pytest.fixture(scope="module")
def disputed() -> RunContext:
    return read(DISPUTED)


def test_both_readings_and_the_coaching_are_under_way_together(
    agreed: RunContext, simulator: Simulator, redis_url: str
) -> None:
    simulator.hold()
    with ThreadPoolExecutor() as pool:
        refining = pool.submit(refined, agreed, access(simulator.url, redis_url))
        eventually(lambda: simulator.asked_for() == ["coaching", "review", *["verdicts"] * 2])
        simulator.release()
    assert refining.result().mode is Mode.PARALLEL


def test_counts_that_agree_keep_the_coaching(
    agreed: RunContext, simulator: Simulator, redis_url: str
) -> None:
    output = refined(agreed, access(simulator.url, redis_url))
    assert output.agreement is not None
    assert output.agreement.rule == output.agreement.ai == 50
    assert not output.regenerated
    assert output.review is not None
    assert output.windows == WindowFacts(total=2, missing=0, unresolved=0, unsure=0)
    assert (output.steps_down, output.caveats) == ((), ())
    assert simulator.log("coaching_again") == []


def test_counts_that_disagree_have_it_written_anew(
    disputed: RunContext, simulator: Simulator, redis_url: str
) -> None:
    output = refined(disputed, access(simulator.url, redis_url))
    assert output.agreement is not None
    assert (output.agreement.rule, output.agreement.ai) == (25, 75)
    assert output.regenerated
    assert len(simulator.log("coaching_again")) == 1
    assert output.findings is not None
    confirmed = [each.review for each in output.findings if each.label in {"right", "okay"}]
    assert all(review and review.reason for review in confirmed)


def test_scoring_measures_what_the_second_reading_left(
    disputed: RunContext, simulator: Simulator, redis_url: str
) -> None:
    output = refined(disputed, access(simulator.url, redis_url))
    scored = scoring.run(disputed.with_output(StageName.REFINEMENT, output), go_on)
    assert scored is not None
    assert output.agreement is not None
    assert scored.metrics.fillers_total == output.agreement.ai
    shown = fill_coaching(output.coaching, scored.metrics)
    assert "{" not in shown.summary


def test_without_the_flag_coaching_follows_the_words(
    agreed: RunContext, simulator: Simulator, redis_url: str
) -> None:
    way = access(simulator.url, redis_url, plan=Plan(parallel=False))
    output = refined(agreed, way)
    assert (output.mode, output.steps_down) == (Mode.SEQUENTIAL, ())
    (coaching,) = simulator.log("coaching_again")
    assert all(each.end and each.end <= coaching.start for each in simulator.log("verdicts"))
    assert simulator.log("coaching") == []


def test_a_stall_leads_down_by_the_limit_and_the_finished_half_is_not_paid_twice(
    agreed: RunContext, simulator: Simulator, redis_url: str
) -> None:
    simulator.next_faults(["stall"], "coaching")
    output = refined(agreed, access(simulator.url, redis_url, plan=Plan(parallel_seconds=20.0)))
    assert output.mode is Mode.SEQUENTIAL
    assert [(step.left, step.entered, step.reason) for step in output.steps_down] == [
        (Rung.PARALLEL, Rung.SEQUENTIAL, "limit")
    ]
    assert len(simulator.log("verdicts")) == 2
    assert len(simulator.log("review")) == 1
    assert len(simulator.log("coaching_again")) == 1


def test_a_server_that_is_away_leaves_the_rules_and_says_so(
    agreed: RunContext, simulator: Simulator, redis_url: str
) -> None:
    simulator.kill()
    plan = Plan(parallel_seconds=3.0, sequential_seconds=3.0)
    output = refined(agreed, access(simulator.url, redis_url, plan=plan))
    assert output.mode is Mode.RULE_BASED
    assert output.findings is None
    assert [(step.left, step.entered) for step in output.steps_down] == [
        (Rung.PARALLEL, Rung.SEQUENTIAL),
        (Rung.SEQUENTIAL, Rung.RULE_BASED),
    ]
    assert output.coaching.summary


def test_a_server_that_is_away_is_waited_for_while_there_is_patience(
    agreed: RunContext, simulator: Simulator, redis_url: str
) -> None:
    simulator.kill()
    with pytest.raises(ModelAway) as away:
        refined(agreed, access(simulator.url, redis_url, waits=True))
    assert away.value.reason == "unavailable"


def test_what_asking_again_cannot_help_is_not_waited_for(
    agreed: RunContext, simulator: Simulator, redis_url: str
) -> None:
    simulator.set_faults({"quota": 1.0})
    output = refined(agreed, access(simulator.url, redis_url, waits=True))
    assert output.mode is Mode.RULE_BASED
    assert {step.reason for step in output.steps_down} == {"quota_exhausted"}


def test_a_review_alone_that_fails_is_a_caveat(
    agreed: RunContext, simulator: Simulator, redis_url: str
) -> None:
    simulator.next_faults(["refusal"] * MAX_USELESS, "review")
    output = refined(agreed, access(simulator.url, redis_url))
    assert output.mode is Mode.PARALLEL
    assert output.review is None
    assert output.caveats == (Caveat.REVIEW_MISSING,)


def test_a_window_alone_that_fails_is_a_caveat_and_keeps_the_rules_findings(
    agreed: RunContext, simulator: Simulator, redis_url: str
) -> None:
    simulator.next_faults(["refusal", "ok", *["refusal"] * (MAX_USELESS - 1)], "verdicts")
    output = refined(agreed, access(simulator.url, redis_url))
    assert output.mode is Mode.PARALLEL
    assert output.caveats == (Caveat.WINDOWS_MISSING,)
    assert output.windows is not None
    assert output.windows.missing == 1


def test_figures_of_the_model_are_asked_again_and_never_shown(
    agreed: RunContext, start_simulator: Callable[..., Simulator], redis_url: str
) -> None:
    server = start_simulator("--figures", "1")
    output = refined(agreed, access(server.url, redis_url))
    assert len(server.log("coaching")) == 2
    assert not find_figures(output.coaching.summary)
    assert "{fillers_last_week}" not in output.coaching.summary


def test_answers_kept_by_an_earlier_attempt_are_not_asked_for_again(
    agreed: RunContext, simulator: Simulator, redis_url: str
) -> None:
    books = MemoryBooks()
    first = refined(agreed, access(simulator.url, redis_url, books))
    asked = len(simulator.log())
    assert refined(agreed, access(simulator.url, redis_url, books)) == first
    assert len(simulator.log()) == asked


def test_coaching_alone_is_asked_anew_and_the_rest_stands(
    disputed: RunContext, simulator: Simulator, redis_url: str
) -> None:
    books = MemoryBooks()
    earlier = refined(disputed, access(simulator.url, redis_url, books))
    assert disputed.rules is not None
    assert earlier.findings is not None
    copied = replace(
        disputed, rules=replace(disputed.rules, findings=earlier.findings), refinement=earlier
    )
    simulator.reset()
    way = access(simulator.url, redis_url, books, plan=Plan(coaching_only=True))
    again = refined(copied, way)
    assert [each.purpose for each in simulator.log()] == ["coaching_again"]
    assert again.findings == earlier.findings
    assert (again.review, again.windows) == (earlier.review, earlier.windows)
    assert again.regenerated


def test_coaching_alone_that_fails_leaves_the_reading_and_says_so(
    disputed: RunContext, simulator: Simulator, redis_url: str
) -> None:
    earlier = refined(disputed, access(simulator.url, redis_url))
    assert disputed.rules is not None
    assert earlier.findings is not None
    copied = replace(
        disputed, rules=replace(disputed.rules, findings=earlier.findings), refinement=earlier
    )
    simulator.set_faults({"refusal": 1.0})
    again = refined(copied, access(simulator.url, redis_url, plan=Plan(coaching_only=True)))
    assert again.mode is Mode.RULE_BASED
    assert again.findings == earlier.findings
    assert [step.reason for step in again.steps_down] == ["refused"]


def test_findings_of_an_earlier_reading_are_read_as_the_rules_gave_them(
    disputed: RunContext, simulator: Simulator, redis_url: str
) -> None:
    earlier = refined(disputed, access(simulator.url, redis_url))
    assert disputed.rules is not None
    assert earlier.findings is not None
    reused = replace(disputed, rules=replace(disputed.rules, findings=earlier.findings))
    assert refined(reused, access(simulator.url, redis_url)).agreement == earlier.agreement


@pytest.mark.parametrize(
    "spoken",
    [
        run_of(source=TextSource.DRAFT, timing=Timing.RECOGNISED, recording=media()),
        read("Um, this is short."),
    ],
    ids=["draft", "short"],
)
def test_drafts_and_short_talks_are_not_sent(
    spoken: RunContext, simulator: Simulator, redis_url: str
) -> None:
    output = refined(spoken, access(simulator.url, redis_url))
    assert (output.mode, output.steps_down) == (Mode.RULE_BASED, ())
    assert simulator.log() == []


def test_no_model_is_no_step_down(agreed: RunContext, redis_url: str) -> None:
    assert refined(agreed, None).steps_down == ()
    way = access("http://127.0.0.1:9/v1", redis_url)
    without_chat = replace(way, config=replace(way.config, chat=None))
    output = refined(agreed, without_chat)
    assert (output.mode, output.steps_down) == (Mode.RULE_BASED, ())


def test_a_run_that_has_to_stop_stops_while_it_talks(
    agreed: RunContext, simulator: Simulator, redis_url: str
) -> None:
    class Stopped(Exception):
        pass

    simulator.set_faults({"stall": 1.0})

    def stop_once_asked() -> None:
        if simulator.log():
            raise Stopped

    spoken = replace(agreed, model=access(simulator.url, redis_url))
    with pytest.raises(Stopped):
        refinement.run(spoken, stop_once_asked)
