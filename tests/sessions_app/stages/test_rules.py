from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions_app.speech.findings import LONGEST_LABEL, Finding, FindingKind, FindingStatus
from sessions_app.speech.tracks import Region, Track
from sessions_app.speech.words import Word
from sessions_app.stages import rules
from sessions_app.stages.outputs import Caveat, MediaOutput, RulesOutput, TextSource, Timing
from tests.sessions_app.speech.said import labels, said, timed
from tests.sessions_app.stages.rule_runs import context, run
from tests.sessions_app.stages.spoken_runs import media

TALK = (
    "Sorry, um, the the plan is, uh, you know, ready. Maybe the chairman will, um, see it. "
    "I sort of agree, uh, with him. "
)
PAUSES = {FindingKind.LONG_PAUSE, FindingKind.MID_SENTENCE_PAUSE}
PACE = {FindingKind.PACE_FAST, FindingKind.PACE_SLOW}


def kinds(output: RulesOutput) -> set[FindingKind]:
    return {finding.kind for finding in output.findings}


def slow(text: str = TALK) -> tuple[Word, ...]:
    """Under 100 words a minute, with a pause of 2 s in the middle of the first sentence."""
    return timed(text * 3, word_ms=700, gaps={4: 2000})


def test_everything_is_found_in_the_order_of_the_talk() -> None:
    output = run(slow(), timing=Timing.ALIGNED)
    assert kinds(output) >= {
        FindingKind.FILLER,
        FindingKind.FILLER_CLUSTER,
        FindingKind.REPETITION,
        FindingKind.HEDGE,
        FindingKind.WEAK_OPENER,
        FindingKind.NON_INCLUSIVE,
        FindingKind.PACE_SLOW,
        *PAUSES,
    }
    starts = [finding.start_word for finding in output.findings]
    assert starts == sorted(starts)
    assert output.caveats == ()


VOICE = {FindingKind.MONOTONE, FindingKind.TRAILING_OFF}
FADES = "We have to talk about the plan at last. " * 10


def recorded(words: tuple[Word, ...], *caveats: Caveat) -> MediaOutput:
    """In one pitch, and softer at the last two words of every nine."""
    tops = [-40.0 if index % 9 > 6 else -20.0 for index in range(len(words))]
    levels = [level for level in tops for _ in range(4)]
    length = len(levels) * 100
    return replace(
        media(*caveats),
        loudness_dbfs=Track(100, tuple(levels)),
        pitch_hz=Track(100, (110.0, 118.0) * (len(levels) // 2)),
        speech_regions=(Region(0, length),),
    )


@pytest.mark.parametrize(
    ("timing", "caveats", "expected"),
    [
        (Timing.ALIGNED, (), VOICE),
        (Timing.RECOGNISED, (), VOICE),
        (Timing.ALIGNED, (Caveat.NOISY,), {FindingKind.TRAILING_OFF}),
        (Timing.ALIGNED, (Caveat.CLIPPED,), {FindingKind.MONOTONE}),
        (Timing.CUES, (), set()),
        (Timing.APPROXIMATE, (), set()),
        (Timing.NONE, (), set()),
    ],
)
def test_the_voice_is_judged_where_the_recording_supports_it(
    timing: Timing, caveats: tuple[Caveat, ...], expected: set[FindingKind]
) -> None:
    words = timed(FADES, word_ms=400)
    given_recording = replace(context(words, timing=timing), media=recorded(words, *caveats))
    output = rules.run(given_recording, lambda: None)
    assert output is not None
    assert kinds(output) & VOICE == expected


def test_a_talk_without_a_recording_has_no_voice_to_judge() -> None:
    assert kinds(run(timed(FADES, word_ms=400), timing=Timing.ALIGNED)) & VOICE == set()


def test_no_words_no_rules() -> None:
    assert rules.run(replace(context(()), transcription=None), lambda: None) is None


def test_an_empty_transcription_has_nothing_to_find() -> None:
    assert run(()) == RulesOutput((), (), ())


def test_a_draft_has_possible_sounds_only() -> None:
    output = run(slow(), source=TextSource.DRAFT, timing=Timing.RECOGNISED)
    assert kinds(output) == {FindingKind.FILLER}
    assert labels(output.findings, FindingKind.FILLER) == ()
    possible = labels(output.findings, FindingKind.FILLER, FindingStatus.POSSIBLE)
    assert set(possible) == {"um", "uh"}


@pytest.mark.parametrize(
    ("timing", "expected"),
    [
        (Timing.ALIGNED, {*PAUSES, FindingKind.PACE_SLOW, FindingKind.FILLER_CLUSTER}),
        (Timing.RECOGNISED, {*PAUSES, FindingKind.PACE_SLOW, FindingKind.FILLER_CLUSTER}),
        (Timing.CUES, {FindingKind.PACE_SLOW, FindingKind.FILLER_CLUSTER}),
        (Timing.APPROXIMATE, {FindingKind.PACE_SLOW}),
        (Timing.NONE, set()),
    ],
)
def test_times_are_used_as_far_as_they_can_be_trusted(
    timing: Timing, expected: set[FindingKind]
) -> None:
    timed_kinds = PAUSES | PACE | {FindingKind.FILLER_CLUSTER}
    assert kinds(run(slow(), timing=timing)) & timed_kinds == expected


def test_a_language_without_a_pack_is_said_and_still_has_what_needs_none() -> None:
    output = run(slow("wir wir gehen, um, nach Hause. "), language="xx", timing=Timing.ALIGNED)
    assert output.caveats == (Caveat.NO_PACK,)
    assert FindingKind.FILLER not in kinds(output)
    assert kinds(output) >= {FindingKind.REPETITION, FindingKind.PACE_SLOW, FindingKind.LONG_PAUSE}


def test_the_speakers_own_target_decides_what_is_fast() -> None:
    words = timed("word " * 200, word_ms=400)
    assert kinds(run(words, timing=Timing.ALIGNED)) & PACE == set()
    fast = run(words, timing=Timing.ALIGNED, target_wpm=110)
    assert kinds(fast) & PACE == {FindingKind.PACE_FAST}


def test_possible_fillers_are_not_hedges_as_well() -> None:
    found = run(said("I sort of agree.")).findings
    assert [finding.kind for finding in found] == [FindingKind.FILLER]


def test_stopping_is_asked_between_the_parts_and_goes_through() -> None:
    asked: list[None] = []

    def stop_at_third() -> None:
        asked.append(None)
        if len(asked) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rules.run(context(slow()), stop_at_third)


TOKENS = st.one_of(
    st.text(max_size=10),
    st.sampled_from(["um,like", "you", "know", "the", "the", "I", "guess.", "wh-", "so,", "guys"]),
)


@settings(max_examples=120)
@given(
    st.lists(st.tuples(TOKENS, st.integers(0, 3_000), st.booleans()), max_size=40),
    st.sampled_from(Timing),
    st.sampled_from(TextSource),
    st.sampled_from(["en", "de", "zh"]),
)
def test_any_words_give_findings_that_quote_them(
    given_words: list[tuple[str, int, bool]], timing: Timing, source: TextSource, language: str
) -> None:
    at, turn, words = 0, 0, []
    for text, gap, changes in given_words:
        turn += changes
        words.append(Word(text, at, at + 200, turn=turn))
        at += 200 + gap
    output = run(words, timing=timing, source=source, language=language)
    for finding in output.findings:
        assert 0 <= finding.start_word < finding.end_word <= len(words)
        quoted = " ".join(word.text for word in words[finding.start_word : finding.end_word])
        assert finding.text in quoted
        assert finding.start_ms is not None
        assert finding.end_ms is not None
        assert (words[finding.start_word].start_ms or 0) <= finding.start_ms
        assert finding.start_ms <= finding.end_ms <= at
    assert run(words, timing=timing, source=source, language=language) == output


def counted(findings: tuple[Finding, ...]) -> int:
    return len(labels(findings, FindingKind.FILLER))


@settings(max_examples=40)
@given(st.integers(0, 12))
def test_one_more_uh_anywhere_is_one_more_counted_filler(place: int) -> None:
    words = said("We built a house, and then the town, with friends, grew.")
    more = (*words[:place], Word("uh,"), *words[place:])
    assert counted(run(more).findings) == counted(run(words).findings) + 1


def test_texts_of_findings_are_plain_strings_that_can_be_stored() -> None:
    output = run(slow(), timing=Timing.ALIGNED)
    texts = [(f.kind, f.label, f.text, f.why, f.advice) for f in output.findings]
    assert json.loads(json.dumps(texts)) == [list(row) for row in texts]
    assert all(f.why.endswith(".") and f.advice.endswith(".") for f in output.findings)


LONG = st.sampled_from(["a" * 300, "um" * 150, "B" * 299 + ",", "c" * 299 + "-", "so", "um,", "x."])


@settings(max_examples=40, deadline=None)
@given(st.lists(LONG, max_size=6), st.sampled_from(["en", "xx"]))
def test_every_label_can_be_stored(tokens: list[str], language: str) -> None:
    """Said over and over, so that repetitions, cut-off and overused words are among them."""
    talk = " ".join([*tokens, *["c" * 299 + "-", "c" * 300, "a" * 300] * 8, *tokens])
    output = run(said(talk), language=language)
    assert FindingKind.REPETITION in kinds(output) or FindingKind.RESTART in kinds(output)
    assert all(len(finding.label) <= LONGEST_LABEL for finding in output.findings)
