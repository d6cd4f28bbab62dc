from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions_app.coaching.schemas import Coaching, FocusArea, Goal
from sessions_app.speech.corrections import Correction, edited
from sessions_app.stages import concluding, refinement, rules
from sessions_app.stages.context import RunContext
from sessions_app.stages.outputs import Mode, ScoringOutput, StageName, TextSource, Timing
from tests.sessions_app.coaching.test_written import assert_only_figures_of
from tests.sessions_app.speech.said import timed
from tests.sessions_app.speech.set_right import NO, WORD, YES, correction
from tests.sessions_app.stages.rule_runs import context
from tests.sessions_app.stages.spoken_runs import go_on, run_of

TEXT = (
    "Um, we, like, plan the trip. You know, I think we, uh, want to see the sea and the hills. "
    "We we begin at the station, um, and, like, walk to the old town. Um, that is the plan. "
)
WORDS = timed(TEXT * 4)


def concluded(run: RunContext, *corrections: Correction) -> ScoringOutput:
    output = concluding.run(replace(run, corrections=corrections), go_on)
    assert output is not None
    return output


def test_scores_by_hand_before_and_after() -> None:
    """A hundred words in forty seconds, ten of them "um": 15 a minute."""
    run = run_of()
    assert run.transcription is not None
    words = run.transcription.words
    before = concluded(run)
    assert before.metrics.fillers_per_minute == pytest.approx(15.0)
    assert before.scores.fillers is not None
    assert before.scores.overall is not None
    # 40 − 40 · 3/8; pace 100, pauses 40: (25 · 100 + 30 · 25 + 20 · 40) / 75
    assert (before.scores.fillers.value, before.scores.overall.value) == (25, 54)

    no = [correction(at, NO, words, at, text="um") for at in range(0, 60, 10)]
    after = concluded(run, *no)
    assert after.metrics.fillers_total == after.metrics.filler_sounds == 4
    assert after.metrics.fillers_per_minute == pytest.approx(6.0)
    assert after.scores.fillers is not None
    assert after.scores.overall is not None
    # 80 − 40 · 1/7 = 74.3; (2500 + 30 · 74.3 + 800) / 75
    assert (after.scores.fillers.value, after.scores.overall.value) == (74, 74)

    more = concluded(run, *no, correction(99, YES, words, 5, text="word5"))
    assert (more.metrics.fillers_total, more.metrics.filler_sounds) == (5, 4)
    assert more.scores.fillers is not None
    assert more.scores.overall is not None
    # 7.5 a minute, weighing (4 + 0.6) / 5 of that: 80 − 40 · 1.9/7 = 69.1
    assert (more.scores.fillers.value, more.scores.overall.value) == (69, 72)


def test_without_corrections_there_is_nothing_but_measures_and_scores() -> None:
    output = concluded(read())
    assert (output.findings, output.corrections) == (None, ())
    assert (output.sentences, output.coaching) == (None, None)


def test_in_a_draft_nothing_is_corrected() -> None:
    spoken = context(WORDS, source=TextSource.DRAFT, timing=Timing.RECOGNISED)
    spoken = spoken.with_output(StageName.RULES, rules.run(spoken, go_on))
    run = spoken.with_output(StageName.REFINEMENT, refinement.run(spoken, go_on))
    assert concluded(run, correction(1, NO, WORDS, 0, text="um")) == concluded(run)


def test_sentences_are_told_where_a_word_was_edited() -> None:
    assert concluded(read(), correction(1, NO, WORDS, 0, text="um")).sentences is None
    moved = concluded(read(), correction(1, WORD, WORDS, 3, text="plan."))
    assert moved.sentences is not None
    assert moved.sentences[0] == (0, 4)


def test_coaching_by_rules_is_that_of_the_talk_as_corrected() -> None:
    output = concluded(read(), *(correction(n, NO, WORDS, n) for n in range(len(WORDS))))
    assert output.metrics.fillers_total == 0
    assert output.coaching is not None
    assert "fillers" not in {area.topic for area in output.coaching.focus_areas}


@cache
def read() -> RunContext:
    spoken = context(WORDS, timing=Timing.ALIGNED)
    spoken = spoken.with_output(StageName.RULES, rules.run(spoken, go_on))
    return spoken.with_output(StageName.REFINEMENT, refinement.run(spoken, go_on))


def by_a_model() -> RunContext:
    """Coaching that shows every figure there is."""
    run = read()
    assert run.refinement is not None
    coaching = Coaching(
        language="en",
        summary="You said “we plan the trip”. You used {fillers_total|filler|fillers} in all.",
        strengths=("{filler:um} times um.", "Only {filler:like|time|times} like."),
        focus_areas=(
            FocusArea("fillers", "Fillers", "{fillers_per_minute} a minute.", "Why.", "Do.", 5),
            FocusArea("fillers", "Um", "{filler:uh} times uh.", "{hedges} hedges.", "Do.", 5),
        ),
        goal=Goal("Fewer fillers.", "fillers_per_minute", 5.0),
        plan=(),
        acknowledgement="{repetitions|repetition|repetitions} and {filler_clusters} bunches.",
    )
    refined = replace(run.refinement, mode=Mode.PARALLEL, coaching=coaching)
    return run.with_output(StageName.REFINEMENT, refined)


@st.composite
def any_corrections(draw: st.DrawFn) -> list[Correction]:
    made = st.tuples(
        st.integers(0, len(WORDS) - 1),
        st.sampled_from([NO, NO, YES, WORD]),
        st.sampled_from(["um", "like", "sea.", "twelve", "7"]),
    )
    drawn = draw(st.lists(made, max_size=30))
    return [
        correction(n, kind, WORDS, at, text="" if kind is NO else text)
        for n, (at, kind, text) in enumerate(drawn)
    ]


@settings(max_examples=60, deadline=None)
@given(any_corrections(), st.booleans())
def test_no_coaching_shows_a_number_that_differs_from_the_report(
    made: list[Correction], from_a_model: bool
) -> None:
    run = by_a_model() if from_a_model else read()
    output = concluded(run, *made)
    assert run.refinement is not None
    coaching = output.coaching or run.refinement.coaching
    assert_only_figures_of(output.metrics, coaching, "en")
    if coaching.goal is not None and coaching.goal.metric == "fillers_per_minute" and made:
        assert output.metrics.fillers_per_minute is not None
        assert coaching.goal.value < output.metrics.fillers_per_minute


@settings(max_examples=30, deadline=None)
@given(any_corrections())
def test_evidence_stays_on_words_that_are_there(made: list[Correction]) -> None:
    coaching = concluded(read(), *made).coaching
    places = [e for area in (coaching.focus_areas if coaching else ()) for e in area.evidence]
    assert all(0 <= each.start_word < each.end_word <= len(WORDS) for each in places)


def test_a_fresh_run_with_corrections_says_what_a_corrected_one_says() -> None:
    """There is one way to score, whoever asks for it."""
    made = (correction(1, WORD, WORDS, 3, text="draw"), correction(2, NO, WORDS, 0, text="um"))
    output = concluded(read(), *made)
    assert concluded(read(), *made) == output
    assert output.corrections == made
    assert [w.text for w in edited(WORDS, output.corrections)][3] == "draw"
