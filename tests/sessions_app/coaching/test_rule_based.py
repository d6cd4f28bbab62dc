from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.coaching.figures import find_figures
from sessions_app.coaching.numerals import LANGUAGES
from sessions_app.coaching.phrases import phrases
from sessions_app.coaching.rule_based import coach
from sessions_app.coaching.situation import Situation
from sessions_app.coaching.slots import fill_coaching
from sessions_app.coaching.strengths import strengths_of
from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.speech.metrics import LabelCount, PaceWindow, PauseCounts
from sessions_app.speech.words import Word
from tests.sessions_app.coaching.talks import (
    WORDS,
    fillers,
    found,
    quoted,
    spoken,
    talk,
    with_fillers,
)
from tests.sessions_app.speech.measured import UNKNOWN

SPRINT = tuple(
    PaceWindow(start, start + 15_000, wpm)
    for start, wpm in ((0, 205.0), (15_000, 210.0), (30_000, 120.0), (45_000, 115.0))
)
"""Half a talk too fast, the other half slow enough to make up for it."""


def test_an_inconspicuous_talk_gets_praise_and_no_focus() -> None:
    coaching = coach(talk())
    assert coaching.focus_areas == ()
    assert coaching.goal is None
    assert len(coaching.strengths) == 3
    assert len(coaching.plan) == 1


def test_the_largest_loss_comes_first() -> None:
    situation = with_fillers("um", 16, wpm=180.0, pitch_range_semitones=4.0)
    losses = [area.topic for area in coach(situation).focus_areas]
    # Fillers lose 80, pitch 67, pace 30 points.
    assert losses == ["fillers", "variety", "pace"]


def test_no_more_than_three_focus_areas() -> None:
    situation = with_fillers(
        "um",
        16,
        wpm=200.0,
        pitch_range_semitones=3.0,
        pauses=PauseCounts(10, 0, 4, 1, 3),
        sentence_words_mean=40.0,
    )
    assert len(coach(situation).focus_areas) == 3


@pytest.mark.parametrize("count", [5, 12])
def test_fillers_up_to_the_norm_are_no_topic(count: int) -> None:
    topics = {area.topic for area in coach(with_fillers("um", count)).focus_areas}
    assert ("fillers" in topics) == (count > 5)


def test_names_the_word_and_quotes_its_moments() -> None:
    situation = with_fillers("like", 16)
    area = coach(situation).focus_areas[0]
    assert "like" in area.what
    assert "{filler:like" in area.what
    assert len(area.evidence) == 3
    for moment in area.evidence:
        assert any(
            moment.start_word <= finding.start_word < moment.end_word
            for finding in situation.findings
        )


def test_clusters_are_quoted_from_their_beginning() -> None:
    situation = with_fillers("um", 12, filler_clusters=1)
    cluster = found(FindingKind.FILLER_CLUSTER, "um", 40, size=60)
    area = coach(replace(situation, findings=situation.findings + cluster)).focus_areas[0]
    assert [(e.start_word, e.end_word) for e in area.evidence] == [(40, 75)]
    assert "{filler_clusters" in area.what


def test_the_fastest_stretch_is_quoted() -> None:
    windows = tuple(
        PaceWindow(start, start + 15_000, wpm)
        for start, wpm in ((0, 170.0), (15_000, 210.0), (30_000, 180.0))
    )
    situation = talk(wpm=188.0, pace_windows=windows)
    (area,) = coach(situation).focus_areas
    (moment,) = area.evidence
    assert quoted(situation, moment.start_word, moment.end_word).startswith("word-38 word-39")


def test_long_silences_are_quoted_from_both_sides() -> None:
    def later(word: Word) -> Word:
        return Word(word.text, (word.start_ms or 0) + 2_600, (word.end_ms or 0) + 2_600)

    words = spoken()
    silent_after_70 = (*words[:71], *map(later, words[71:]))
    situation = talk(
        words=silent_after_70, pauses=PauseCounts(10, 0, 3, 0, 0), longest_pause_ms=2_700
    )
    (area,) = coach(situation).focus_areas
    (moment,) = area.evidence
    assert (moment.start_word, moment.end_word) == (66, 76)


def test_advice_that_cannot_point_to_moments_does_not_claim_to() -> None:
    (area,) = coach(talk(wpm=188.0, pace_windows=())).focus_areas
    assert area.evidence == ()
    assert area.exercise
    for text in (area.what, area.exercise):
        assert "below" not in text
        assert "[" not in text


@pytest.mark.parametrize(
    ("situation", "metric", "value"),
    [
        (with_fillers("um", 12), "fillers_per_minute", 9.0),
        (with_fillers("um", 6, filler_clusters=0), "fillers_per_minute", 5.0),
        (talk(wpm=200.0), "wpm", 185.0),
        (talk(wpm=176.0), "wpm", 165.0),
        (talk(wpm=90.0), "wpm", 105.0),
        (talk(pitch_range_semitones=4.0), "pitch_range_semitones", 5.0),
        (talk(pauses=PauseCounts(9, 0, 4, 0, 0), longest_pause_ms=2_400), "longest_pause_ms", 1800),
        (talk(pauses=PauseCounts(9, 0, 4, 0, 0), longest_pause_ms=1_600), "longest_pause_ms", 1500),
        (talk(target_seconds=40), "duration_ms", 40_000),
        (talk(sentence_words_mean=32.0), "sentence_words_mean", 24.0),
    ],
)
def test_the_goal_is_a_step_and_stops_at_the_norm(
    situation: Situation, metric: str, value: float
) -> None:
    goal = coach(situation).goal
    assert goal is not None
    assert (goal.metric, goal.value) == (metric, value)


def test_a_text_without_times_is_coached_on_its_words() -> None:
    situation = talk(fillers("um", *range(5, 35)), words=spoken(timed=False))
    text_only = replace(
        UNKNOWN,
        word_count=WORDS,
        fillers_total=30,
        filler_sounds=30,
        fillers_by_label=(LabelCount("um", 30),),
        repetitions=0,
        hedges=0,
        sentence_words_mean=15.0,
    )
    situation = replace(situation, metrics=text_only)
    coaching = fill_coaching(coach(situation), text_only)
    assert [area.topic for area in coaching.focus_areas] == ["fillers"]
    assert "30" in coaching.focus_areas[0].what
    assert coaching.goal is not None
    assert (coaching.goal.metric, coaching.goal.value) == ("fillers_total", 23)


def test_a_draft_is_coached_on_its_voice_only() -> None:
    findings = (
        *fillers("um", *range(5, 45, 2)),
        *found(FindingKind.HEDGE, "I think", *range(50, 90, 3)),
        *found(FindingKind.NON_INCLUSIVE, "guys", 99),
        *found(FindingKind.PACE_FAST, "fast", 10, size=60),
    )
    situation = talk(
        findings,
        exact_words=False,
        wpm=80.0,
        pauses=PauseCounts(2, 0, 6, 2, 4),
        pace_variation=0.01,
        pitch_range_semitones=3.0,
        fillers_possible=4,
    )
    coaching = coach(situation)
    assert [area.topic for area in coaching.focus_areas] == ["variety"]
    assert coaching.goal is not None
    assert coaching.goal.metric == "pitch_range_semitones"
    assert not any("pace" in text or "speed" in text for text in coaching.strengths)
    assert "Add your transcript" in coaching.summary
    assert "drafted" in coaching.summary
    assert "{fillers_possible" in coaching.summary


def test_a_fine_draft_is_not_called_flawless() -> None:
    summary = coach(talk(exact_words=False)).summary
    assert summary.startswith("Little can be judged from a rough draft")
    assert "How you speak" not in summary


def test_a_talk_whose_fillers_nobody_judged_is_not_called_flawless() -> None:
    summary = coach(talk(fillers_total=None, fillers_per_minute=None)).summary
    assert "could not be judged" in summary


def test_a_talk_of_which_little_was_measured_is_not_praised_as_a_whole() -> None:
    told = coach(talk(pitch_range_semitones=None, pauses=None, longest_pause_ms=None))
    assert told.strengths
    assert told.summary == "Nothing measured in this talk asks for work."
    assert coach(talk()).summary != told.summary


def test_few_fillers_are_praised_by_their_rate() -> None:
    """Three hundred in an hour are few, and no "only"."""
    assert not [text for text in phrases("en").strengths["fillers"] if "fillers_total" in text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_voice_of_middling_range_is_not_called_flat(language: str) -> None:
    """It is advised up to eight semitones, and monotone below five."""
    told = " ".join(phrases(language).advice["voice_flat"].what).casefold()
    flat = ("flat", "note", "nota", "ton:", "toon:", "plan", "piatt")
    assert [word for word in flat if word in told] == []


@pytest.mark.parametrize(("wpm", "comfortable"), [(106.0, False), (150.0, True), (170.0, False)])
def test_only_a_comfortable_pace_is_praised(wpm: float, comfortable: bool) -> None:
    situation = replace(talk(wpm=wpm), scores=talk().scores)
    strengths = strengths_of(situation, frozenset())
    assert ("pace" in {strength.topic for strength in strengths}) == comfortable


def test_an_opening_is_quoted_as_it_was_said() -> None:
    words = tuple(
        Word(text) for text in ["Hi.", "I'm", "going", "to", "tell", "you,", "about", "bread."]
    )
    opener = Finding(FindingKind.WEAK_OPENER, "I'm going to talk about", "", 1, 7)
    area = coach(talk([opener], words=words + spoken())).focus_areas[0]
    assert area.topic == "opening"
    assert "“I'm going to tell you, about”" in area.what
    assert "I'm going to talk about" not in area.what
    assert "begin with" not in area.what


def test_a_single_term_comes_after_habits() -> None:
    situation = with_fillers("um", 12, words=(Word("Guys,"), *spoken()[1:]))
    term = found(FindingKind.NON_INCLUSIVE, "guys", 0)
    coaching = coach(replace(situation, findings=situation.findings + term))
    assert [area.topic for area in coaching.focus_areas] == ["fillers", "wording"]


def test_only_counted_findings_are_coached() -> None:
    possible = tuple(
        replace(finding, status=FindingStatus.POSSIBLE)
        for finding in fillers("like", *range(5, 65, 3))
    )
    assert coach(talk(possible)).focus_areas == ()


@pytest.mark.parametrize(
    "known", [{"word_count": 29}, {"speaking_ms": 14_000}, {"word_count": 12, "speaking_ms": None}]
)
def test_too_short_a_talk_is_told_so(known: dict[str, Any]) -> None:
    coaching = coach(talk(wpm=250.0, **known))
    assert coaching.focus_areas == ()
    assert coaching.strengths == ()
    assert coaching.plan == ()
    assert coaching.goal is None
    assert coaching.summary


def test_a_word_that_is_a_figure_is_not_quoted() -> None:
    overused = found(FindingKind.OVERUSED_WORD, "twenty", 10, 20, 30)
    assert coach(talk(overused)).focus_areas == ()
    braces = found(FindingKind.OVERUSED_WORD, "{pace_wpm}", 10, 20, 30)
    assert coach(talk(braces)).focus_areas == ()
    fine = found(FindingKind.OVERUSED_WORD, "great", 10, 20, 30)
    assert [area.topic for area in coach(talk(fine)).focus_areas] == ["words"]


def test_strengths_do_not_praise_what_is_under_work() -> None:
    situation = talk(
        found(FindingKind.PACE_FAST, "fast", 10, size=60),
        pace_windows=SPRINT,
        pace_variation=0.05,
        wpm=150.0,
    )
    coaching = coach(situation)
    assert [area.topic for area in coaching.focus_areas] == ["pace"]
    assert not any("pace" in strength or "speed" in strength for strength in coaching.strengths)


def test_the_plan_has_an_exercise_for_every_focus_and_a_new_recording() -> None:
    coaching = coach(with_fillers("um", 16, wpm=195.0))
    assert len(coaching.plan) == len(coaching.focus_areas) + 1
    assert all(step.text and step.minutes and step.times_per_week for step in coaching.plan)


def test_the_same_talk_reads_the_same_and_others_read_differently() -> None:
    def told(title: str) -> str:
        return repr(coach(replace(with_fillers("um", 16), words=spoken(title=title))))

    assert told("word") == told("word")
    assert len({told(f"talk{number}") for number in range(12)}) >= 8


def test_languages_without_texts_are_coached_in_english_and_say_so() -> None:
    assert coach(talk(language="xx")).language == "en"


KINDS = st.sampled_from(list(FindingKind))


@given(
    st.lists(st.tuples(KINDS, st.integers(0, WORDS - 3), st.integers(1, 3)), max_size=40),
    st.floats(40, 300),
    st.floats(0, 15),
    st.booleans(),
)
def test_evidence_lies_inside_the_transcript_and_texts_carry_no_figures(
    places: list[tuple[FindingKind, int, int]], wpm: float, semitones: float, exact: bool
) -> None:
    findings = [f for kind, at, size in places for f in found(kind, "label", at, size=size)]
    situation = talk(findings, wpm=wpm, pitch_range_semitones=semitones, exact_words=exact)
    coaching = coach(situation)
    topics = [area.topic for area in coaching.focus_areas]
    assert len(topics) == len(set(topics)) <= 3
    for area in coaching.focus_areas:
        assert find_figures(f"{area.title} {area.what} {area.why} {area.exercise}") == ()
        for moment in area.evidence:
            assert 0 <= moment.start_word < moment.end_word <= WORDS


def test_a_long_stretch_is_quoted_by_its_beginning() -> None:
    situation = talk(found(FindingKind.PACE_FAST, "fast", 10, size=60), pace_windows=SPRINT)
    (area,) = coach(situation).focus_areas
    assert [(e.start_word, e.end_word) for e in area.evidence] == [(10, 45)]
