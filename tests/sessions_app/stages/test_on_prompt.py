from dataclasses import replace

from sessions_app.coaching.schemas import ContentReview, Evidence, Remark
from sessions_app.speech.relevance import Point, RelevanceSource
from sessions_app.stages import rules, scoring
from sessions_app.stages.context import RunContext
from sessions_app.stages.on_prompt import relevance_of
from sessions_app.stages.outputs import Mode, RefinementOutput, StageName, TextSource
from tests.sessions_app.samples import REFINEMENT
from tests.sessions_app.speech.said import said
from tests.sessions_app.stages.rule_runs import context

TALK = "We walk in every meeting. It helps the shy ones to speak."


def prompted(prompt: str, source: TextSource = TextSource.OWN) -> RunContext:
    spoken = context(said(TALK), source=source)
    return replace(spoken, talk=replace(spoken.talk, prompt=prompt))


def reviewed(prompt: str, *points: Point) -> RunContext:
    remark = Remark("Fine.", (Evidence(0, 2),))
    review = ContentReview("en", remark, remark, (), (), None, points)
    coaching = REFINEMENT.coaching
    return replace(
        prompted(prompt), refinement=RefinementOutput(Mode.PARALLEL, coaching, (), review)
    )


def test_key_words_where_nobody_read_the_prompt() -> None:
    found = relevance_of(prompted("Walking meetings for teams"))
    assert found is not None
    assert (round(found.value, 2), found.source) == (0.67, RelevanceSource.RULE)


def test_the_reader_goes_before_the_rules() -> None:
    found = relevance_of(reviewed("Walking meetings", Point("Walking meetings", ((0, 5),))))
    assert found is not None
    assert (found.value, found.source) == (1.0, RelevanceSource.AI)


def test_a_reader_who_found_no_points_leaves_it_to_the_rules() -> None:
    found = relevance_of(reviewed("Walking meetings"))
    assert found is not None
    assert found.source is RelevanceSource.RULE


def test_it_is_not_known_without_a_prompt_nor_for_drafts() -> None:
    assert relevance_of(prompted(" ")) is None
    assert relevance_of(prompted("Walking meetings", TextSource.DRAFT)) is None
    assert relevance_of(replace(prompted("Walking meetings"), transcription=None)) is None


def test_it_stands_beside_the_scores_and_moves_none() -> None:
    outputs = []
    for prompt in ("", "Walking meetings", "Whales in the sea"):
        read = prompted(prompt)
        done = read.with_output(StageName.RULES, rules.run(read, lambda: None))
        outputs.append(scoring.run(done, lambda: None))
    bare, on, off = outputs
    assert bare
    assert on
    assert off
    assert on.relevance
    assert off.relevance
    assert (bare.relevance, on.relevance.value, off.relevance.value) == (None, 1.0, 0.0)
    assert bare.scores == on.scores == off.scores
