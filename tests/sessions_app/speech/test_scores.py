from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.metrics import Metrics, PauseCounts
from sessions_app.speech.norms import pace_norm
from sessions_app.speech.scores import Band, Score, Scores, band, interpolated, score
from tests.sessions_app.speech.measured import a_minute, with_pauses

NOTHING = Scores(None, None, None, None, None, None)


def pace_value(wpm: float, target: int | None = None) -> int:
    found = score(a_minute(wpm=wpm), pace_norm(target)).pace
    assert found is not None
    return found.value


def filler_value(metrics: Metrics) -> int:
    found = score(metrics).fillers
    assert found is not None
    return found.value


def pause_value(metrics: Metrics) -> int:
    found = score(metrics).pauses
    assert found is not None
    return found.value


def fillers(total: int, sounds: int) -> Metrics:
    return a_minute(fillers_total=total, fillers_per_minute=float(total), filler_sounds=sounds)


@pytest.mark.parametrize(
    ("wpm", "value"),
    [(40, 0), (70, 25), (100, 50), (105, 75), (110, 100), (140, 100), (165, 100), (175, 80),
     (190, 50), (220, 25), (250, 0), (400, 0)],
)  # fmt: skip
def test_scores_pace_by_its_distance_from_the_comfortable_range(wpm: float, value: int) -> None:
    assert pace_value(wpm) == value


@pytest.mark.parametrize(
    ("wpm", "value"), [(180, 100), (190, 100), (200, 75), (210, 50), (240, 25), (150, 50)]
)
def test_a_target_pace_replaces_the_general_norm(wpm: float, value: int) -> None:
    assert pace_value(wpm, target=180) == value


@pytest.mark.parametrize(
    ("total", "value"), [(0, 100), (1, 98), (2, 95), (5, 80), (12, 40), (16, 20), (20, 0), (40, 0)]
)
def test_scores_sounds_by_their_rate(total: int, value: int) -> None:
    assert filler_value(fillers(total, sounds=total)) == value


def test_words_weigh_less_than_sounds() -> None:
    # 5 words weigh as 3 sounds: 95 − 15/3 = 90.
    assert filler_value(fillers(5, sounds=0)) == 90
    # 2 sounds and 5 words weigh as 5.
    assert filler_value(fillers(7, sounds=2)) == 80


def test_long_pauses_cost_and_very_long_ones_cost_as_two() -> None:
    assert pause_value(with_pauses(good=10)) == 100
    assert pause_value(with_pauses(good=10, long=1)) == 80
    assert pause_value(with_pauses(good=10, very_long=1)) == 65
    assert pause_value(with_pauses(good=10, long=1, very_long=1)) == 50
    assert pause_value(with_pauses(good=10, long=6)) == 0


def test_a_talk_without_breath_scores_low() -> None:
    assert pause_value(with_pauses()) == 40
    assert pause_value(with_pauses(good=2, acceptable=1)) == 70
    assert pause_value(with_pauses(good=4, acceptable=2)) == 100


def test_variety_is_three_quarters_pitch_and_one_quarter_vocabulary() -> None:
    voice_only = score(a_minute(pitch_range_semitones=5.0)).variety
    both = score(a_minute(pitch_range_semitones=5.0, vocabulary_variety=0.70)).variety
    words_only = score(a_minute(vocabulary_variety=0.70)).variety
    assert (voice_only, words_only) == (Score(50, Band.DEVELOPING), None)
    assert both == Score(58, Band.DEVELOPING)  # 0.75 · 50 + 0.25 · 80 = 57.5


def test_overall_weighs_the_scores_there_are() -> None:
    metrics = replace(fillers(5, sounds=5), wpm=175.0, pitch_range_semitones=10.0)
    # (0.25 · 80 + 0.30 · 80 + 0.25 · 100) / 0.80 = 86.25
    assert score(metrics).overall == Score(86, Band.STRONG)
    assert score(replace(metrics, pauses=PauseCounts(10, 0, 3, 0, None))).overall == Score(
        79, Band.SOLID
    )  # (69 + 0.20 · 50) / 1.00
    assert score(metrics, structure=40).overall == Score(75, Band.SOLID)  # (69 + 10) / 1.05


def test_the_worked_example_of_the_documentation() -> None:
    found = score(
        a_minute(
            word_count=150,
            wpm=150.0,
            fillers_total=7,
            filler_sounds=4,
            fillers_per_minute=7.0,
            pauses=PauseCounts(8, 0, 1, 0, None),
            pitch_range_semitones=7.0,
            vocabulary_variety=0.75,
        )
    )
    scores = (found.pace, found.fillers, found.pauses, found.variety, found.overall)
    assert [one.value for one in scores if one] == [100, 75, 80, 75, 82]


def test_two_scores_make_no_overall() -> None:
    two = score(a_minute(wpm=140.0, pauses=PauseCounts(10, 0, 0, 0, None)))
    assert two.pace is not None
    assert two.pauses is not None
    assert two.overall is None


@pytest.mark.parametrize(
    ("words", "speaking_ms"), [(29, 60_000), (140, 14_999), (140, None), (0, 0)]
)
def test_too_short_a_talk_has_no_scores(words: int, speaking_ms: int | None) -> None:
    metrics = replace(fillers(1, sounds=1), wpm=140.0, word_count=words, speaking_ms=speaking_ms)
    assert score(metrics) == NOTHING


def test_the_shortest_talk_that_is_scored() -> None:
    assert score(a_minute(wpm=140.0, word_count=30, speaking_ms=15_000)).pace is not None


@pytest.mark.parametrize(
    ("value", "name"),
    [(100, Band.STRONG), (80, Band.STRONG), (79, Band.SOLID), (65, Band.SOLID),
     (64, Band.DEVELOPING), (45, Band.DEVELOPING), (44, Band.NEEDS_WORK), (0, Band.NEEDS_WORK)],
)  # fmt: skip
def test_bands_begin_at_their_floors(value: int, name: Band) -> None:
    assert band(value) is name


@pytest.mark.parametrize(
    ("metrics", "name", "value", "name_of_band"),
    [
        (a_minute(wpm=105.9), "pace", 80, Band.STRONG),  # 50 + 5.9 · 5 = 79.5
        (a_minute(wpm=105.89), "pace", 79, Band.SOLID),  # 79.45
        (fillers(5, sounds=5), "fillers", 80, Band.STRONG),
        (fillers(6, sounds=6), "fillers", 74, Band.SOLID),  # 80 − 40/7 = 74.3
        (fillers(11, sounds=11), "fillers", 46, Band.DEVELOPING),  # 80 − 6 · 40/7 = 45.7
        (fillers(12, sounds=12), "fillers", 40, Band.NEEDS_WORK),
        (with_pauses(good=6, long=1), "pauses", 80, Band.STRONG),
        (with_pauses(good=6, long=2), "pauses", 65, Band.SOLID),
        (with_pauses(good=6, long=3), "pauses", 50, Band.DEVELOPING),
        (with_pauses(good=6, long=4), "pauses", 33, Band.NEEDS_WORK),  # 50 − 50/3
        (a_minute(pitch_range_semitones=8.0), "variety", 80, Band.STRONG),
        (a_minute(pitch_range_semitones=7.9), "variety", 79, Band.SOLID),
        (a_minute(pitch_range_semitones=6.5), "variety", 65, Band.SOLID),
        (a_minute(pitch_range_semitones=4.7), "variety", 45, Band.DEVELOPING),
        (a_minute(pitch_range_semitones=4.6), "variety", 43, Band.NEEDS_WORK),  # 2.6 · 50/3
    ],
)
def test_each_score_on_both_sides_of_its_bands(
    metrics: Metrics, name: str, value: int, name_of_band: Band
) -> None:
    assert getattr(score(metrics), name) == Score(value, name_of_band)


@given(st.integers(0, 300), st.data(), st.integers(15_000, 3_600_000), st.booleans())
def test_one_more_filler_never_raises_the_filler_score(
    total: int, data: st.DataObject, speaking_ms: int, is_sound: bool
) -> None:
    sounds = data.draw(st.integers(0, total))

    def talk(total: int, sounds: int) -> Metrics:
        rate = total * 60_000 / speaking_ms
        return replace(fillers(total, sounds), fillers_per_minute=rate, speaking_ms=speaking_ms)

    before = filler_value(talk(total, sounds))
    assert filler_value(talk(total + 1, sounds + is_sound)) <= before


@given(st.tuples(*[st.integers(0, 60)] * 4), st.booleans())
def test_one_more_halting_pause_never_raises_the_pause_score(
    counts: tuple[int, int, int, int], very: bool
) -> None:
    good, acceptable, long, very_long = counts
    more = with_pauses(good, acceptable, long + (not very), very_long + very)
    assert pause_value(more) <= pause_value(with_pauses(*counts))


@given(st.floats(0, 500), st.floats(0, 500))
def test_the_nearer_to_comfortable_the_higher(left: float, right: float) -> None:
    def distance(wpm: float) -> float:
        return max(0.0, 110 - wpm, wpm - 165)

    same_side = (left < 137) == (right < 137)
    if same_side and distance(left) <= distance(right):
        assert pace_value(left) >= pace_value(right)


def test_interpolation_is_level_beyond_its_ends() -> None:
    knots = ((1.0, 10.0), (3.0, 30.0))
    assert [interpolated(knots, x) for x in (0, 1, 2, 3, 9)] == [10, 10, 20, 30, 30]
