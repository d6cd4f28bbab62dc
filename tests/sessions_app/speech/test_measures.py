from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.speech.material import Material, WordTimes
from sessions_app.speech.measures import measure
from sessions_app.speech.metrics import LabelCount, PauseCounts
from sessions_app.speech.scores import score
from sessions_app.speech.tracks import Region, Track
from sessions_app.speech.words import Word


def filler(label: str, at: int, status: FindingStatus = FindingStatus.COUNTED) -> Finding:
    return Finding(FindingKind.FILLER, label, label, at, at + 1, status=status)


def found(kind: FindingKind, at: int = 0) -> Finding:
    return Finding(kind, kind.value, "", at, at + 1)


def spoken(count: int, start_ms: int = 0, step_ms: int = 500, turn: int = 0) -> tuple[Word, ...]:
    """Words of 400 ms every 500 ms, a full stop after each fifth."""
    return tuple(
        Word(
            f"w{index}" + "." * (index % 5 == 4),
            start_ms + index * step_ms,
            start_ms + index * step_ms + 400,
            turn=turn,
        )
        for index in range(count)
    )


def fives(count: int) -> tuple[tuple[int, int], ...]:
    return tuple((start, min(start + 5, count)) for start in range(0, count, 5))


EXACT = Material(
    words=(*spoken(10), *spoken(10, start_ms=7_000)),
    findings=(
        filler("um", 1),
        filler("um", 2),
        filler("like", 3),
        filler("so", 7, FindingStatus.POSSIBLE),
        filler("well", 8, FindingStatus.REJECTED),
        found(FindingKind.REPETITION, 4),
        found(FindingKind.RESTART, 5),
        found(FindingKind.HEDGE, 6),
        found(FindingKind.FILLER_CLUSTER, 1),
    ),
    sentences=fives(20),
    times=WordTimes.EXACT,
    sounds=frozenset({"um", "uh"}),
)


def test_a_talk_computed_by_hand() -> None:
    # Ten words from 0 to 4.9 s, a silence of 2.1 s, ten words from 7 to 11.9 s.
    metrics = measure(EXACT)
    assert metrics.word_count == 20
    assert metrics.speaking_ms == 9_800
    assert metrics.duration_ms == 11_900
    assert metrics.wpm == pytest.approx(20 * 60_000 / 9_800)
    assert metrics.wpm_total == pytest.approx(20 * 60_000 / 11_900)
    assert metrics.fillers_total == 3
    assert metrics.filler_sounds == 2
    assert metrics.fillers_possible == 1
    assert metrics.fillers_per_minute == pytest.approx(3 * 60_000 / 9_800)
    assert metrics.fillers_by_label == (LabelCount("um", 2), LabelCount("like", 1))
    assert metrics.filler_clusters == 1
    assert metrics.pauses == PauseCounts(good=0, acceptable=0, long=1, very_long=0, mid_sentence=0)
    assert metrics.longest_pause_ms == 2_100
    assert (metrics.repetitions, metrics.hedges) == (2, 1)
    assert metrics.sentence_words_mean == 5.0
    assert metrics.vocabulary_variety is None


def test_a_pause_inside_a_sentence_is_counted_apart() -> None:
    metrics = measure(replace(EXACT, sentences=((0, 8), (8, 20))))
    assert metrics.pauses == PauseCounts(good=0, acceptable=0, long=1, very_long=0, mid_sentence=1)


def test_the_recording_gives_the_length() -> None:
    assert measure(replace(EXACT, duration_ms=20_000)).duration_ms == 20_000


def test_somebody_elses_turn_is_no_time_of_the_speaker() -> None:
    words = (*spoken(10), *spoken(10, start_ms=60_000, turn=1))
    metrics = measure(replace(EXACT, words=words))
    assert metrics.speaking_ms == 9_800
    assert metrics.wpm == metrics.wpm_total
    assert metrics.longest_pause_ms == 100


def test_words_that_could_not_be_timed_do_not_count_towards_pace() -> None:
    words = (*EXACT.words[:9], Word("lost."), *EXACT.words[10:])
    metrics = measure(replace(EXACT, words=words))
    assert metrics.word_count == 20
    assert metrics.wpm == pytest.approx(19 * 60_000 / 9_300)
    assert metrics.longest_pause_ms == 100


def test_a_draft_supports_delivery_only() -> None:
    metrics = measure(replace(EXACT, exact_words=False))
    assert metrics.wpm is not None
    assert metrics.pauses is not None
    assert metrics.pauses.mid_sentence is None
    assert metrics.fillers_possible == 1
    assert metrics.fillers_by_label == ()
    for unknown in (
        metrics.fillers_total,
        metrics.fillers_per_minute,
        metrics.filler_sounds,
        metrics.filler_clusters,
        metrics.repetitions,
        metrics.hedges,
        metrics.sentence_words_mean,
        metrics.vocabulary_variety,
    ):
        assert unknown is None


def test_without_a_language_pack_fillers_are_unknown_and_not_none_at_all() -> None:
    metrics = measure(replace(EXACT, findings=(), fillers_judged=False))
    assert metrics.fillers_total is None
    assert metrics.fillers_per_minute is None
    assert metrics.hedges is None
    assert metrics.wpm is not None


def test_cues_support_pace_but_no_pauses() -> None:
    metrics = measure(replace(EXACT, times=WordTimes.CUES))
    assert metrics.wpm is not None
    assert metrics.fillers_per_minute is not None
    assert metrics.pauses is None
    assert metrics.longest_pause_ms is None


def test_spread_words_take_their_pace_from_the_stretches_with_speech() -> None:
    regions = (Region(1_000, 4_000), Region(5_000, 7_000), Region(10_000, 14_000))
    metrics = measure(replace(EXACT, times=WordTimes.SPREAD, speech_regions=regions))
    assert metrics.speaking_ms == 10_000  # the silence of one second belongs to speaking
    assert metrics.wpm == 120.0
    assert metrics.wpm_total == pytest.approx(20 * 60_000 / 13_000)
    assert metrics.pace_windows == ()
    assert metrics.pauses is None
    assert metrics.filler_clusters is None


def test_spread_words_of_several_turns_have_no_pace() -> None:
    words = (*spoken(10), *spoken(10, start_ms=9_000, turn=1))
    regions = (Region(0, 14_000),)
    material = replace(EXACT, words=words, times=WordTimes.SPREAD, speech_regions=regions)
    assert measure(material).wpm is None


def test_a_text_without_times_supports_counts_only() -> None:
    words = tuple(Word(word.text) for word in EXACT.words)
    metrics = measure(replace(EXACT, words=words, times=WordTimes.NONE))
    assert (metrics.fillers_total, metrics.hedges, metrics.sentence_words_mean) == (3, 1, 5.0)
    for unknown in (
        metrics.duration_ms,
        metrics.speaking_ms,
        metrics.wpm,
        metrics.wpm_total,
        metrics.pace_variation,
        metrics.fillers_per_minute,
        metrics.filler_clusters,
        metrics.pauses,
        metrics.longest_pause_ms,
        metrics.loudness_mean_dbfs,
        metrics.pitch_median_hz,
        metrics.monotone,
    ):
        assert unknown is None


def test_text_without_marks_has_no_sentence_length() -> None:
    words = tuple(replace(word, text=word.text.rstrip(".")) for word in spoken(60))
    metrics = measure(replace(EXACT, words=words, findings=(), sentences=((0, 60),)))
    assert metrics.sentence_words_mean is None
    assert metrics.pauses is not None
    assert metrics.pauses.mid_sentence is None


def test_words_spelt_like_fillers_are_no_part_of_the_vocabulary() -> None:
    words = (*spoken(50), Word("Um,", 25_000, 25_400), Word("um", 25_500, 25_900))
    bare = replace(EXACT, words=words, findings=(), sentences=fives(52))
    assert measure(bare).vocabulary_variety == pytest.approx((1 + 1 + 49 / 50) / 3)
    assert measure(replace(bare, filler_forms=frozenset({"um"}))).vocabulary_variety == 1.0


def test_the_vocabulary_does_not_ask_who_counts_as_a_filler() -> None:
    words = (*spoken(55), *(Word(text) for text in ("you", "know", "like", "that")))
    material = replace(EXACT, words=words, findings=(), filler_forms=frozenset({"like"}))
    judged = replace(material, findings=(filler("like", 57), filler("whatever", 58)))
    assert measure(judged).vocabulary_variety == measure(material).vocabulary_variety


def test_the_voice_is_measured_where_the_speaker_speaks() -> None:
    # Ten seconds of the speaker at 100 Hz, then ten of somebody else at 300 Hz.
    words = (*spoken(20), *spoken(20, start_ms=20_000, turn=1))
    pitch = Track(100, (100.0,) * 99 + (300.0,) * 101 + (100.0,) * 99)
    metrics = measure(replace(EXACT, words=words, pitch_hz=pitch, loudness_dbfs=None))
    assert metrics.pitch_median_hz == 100.0
    assert metrics.pitch_range_semitones == 0.0
    assert metrics.monotone is True
    assert metrics.loudness_mean_dbfs is None


def test_variation_of_pace_is_spread_over_mean() -> None:
    words = [*spoken(30)]  # 15 s at 120 words a minute
    for step in (500, 250):  # then 15 s each at 120 and 240
        start = words[-1].start_ms or 0
        words += spoken(15_000 // step, start_ms=start + 500, step_ms=step)
    metrics = measure(replace(EXACT, words=tuple(words), findings=(), sentences=()))
    assert len(metrics.pace_windows) >= 3
    assert metrics.pace_variation == pytest.approx(0.35, abs=0.03)


def test_two_windows_say_nothing_about_variation() -> None:
    metrics = measure(replace(EXACT, words=spoken(60), findings=(), sentences=()))
    assert len(metrics.pace_windows) == 2
    assert metrics.pace_variation is None


def doubled(material: Material) -> Material:
    """The same talk once more as another turn, long after the first."""
    size = len(material.words)
    again = tuple(
        replace(
            word,
            start_ms=(word.start_ms or 0) + 10_000_000,
            end_ms=(word.end_ms or 0) + 10_000_000,
            turn=1,
        )
        for word in material.words
    )
    moved = tuple(
        replace(one, start_word=one.start_word + size, end_word=one.end_word + size)
        for one in material.findings
    )
    return replace(
        material,
        words=material.words + again,
        findings=material.findings + moved,
        sentences=material.sentences
        + tuple((start + size, end + size) for start, end in material.sentences),
    )


@given(
    steps=st.lists(st.integers(320, 4_000), min_size=60, max_size=120),
    fillers=st.sets(st.integers(0, 59), max_size=30),
)
def test_doubling_the_talk_changes_no_score_per_minute(steps: list[int], fillers: set[int]) -> None:
    words, at = [], 0
    for index, step in enumerate(steps):
        words.append(Word(f"w{index}", at, at + 300))
        at += step
    material = replace(
        EXACT, words=tuple(words), findings=tuple(filler("um", at) for at in sorted(fillers))
    )
    once, twice = score(measure(material)), score(measure(doubled(material)))
    assert (once.pace, once.fillers, once.pauses) == (twice.pace, twice.fillers, twice.pauses)


@given(st.sets(st.integers(0, 19)), st.integers(0, 19))
def test_one_more_filler_is_one_more_filler(fillers: set[int], extra: int) -> None:
    base = replace(EXACT, findings=tuple(filler("um", at) for at in fillers))
    more = replace(base, findings=(*base.findings, filler("like", extra)))
    before, after = measure(base), measure(more)
    assert before.fillers_total == len(fillers)
    assert after.fillers_total == len(fillers) + 1
    assert (before.wpm, before.pauses) == (after.wpm, after.pauses)
