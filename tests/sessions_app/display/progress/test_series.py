from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sessions_app.display.progress.measures import MEASURES, OVERALL, PACE
from sessions_app.display.progress.series import points
from sessions_app.speech.baseline import TALKS, change
from tests.sessions_app.display.progress.talks import row
from tests.sessions_app.progressing import LONG, with_fillers

FILLERS = next(each for each in MEASURES if each.key == "fillers-per-minute")


def test_a_talk_without_the_measure_has_no_point_and_keeps_its_place() -> None:
    talks = row([LONG, replace(LONG, wpm=None), LONG])
    assert [point.at for point in points(PACE, talks, talks)] == [1, 3]


def test_what_is_usual_is_taken_of_talks_that_are_not_shown() -> None:
    talks = row(with_fillers(4.0, 4.2, 4.4, 9.0))
    (point,) = points(FILLERS, talks, talks[-1:])
    assert point.at == 1
    assert point.beyond


def test_the_first_three_talks_have_nothing_usual() -> None:
    talks = row(with_fillers(4.0, 9.0, 1.0, 4.0))
    known = [point.usual is not None for point in points(FILLERS, talks, talks)]
    assert known == [False, False, False, True]


def test_overall_scores_that_are_means_of_other_scores_are_left_out() -> None:
    without_voice = replace(LONG, pitch_range_semitones=None)
    talks = row([without_voice, LONG, without_voice, LONG])
    assert [point.at for point in points(OVERALL, talks, talks)] == [2, 4]


measured = st.builds(lambda wpm: replace(LONG, wpm=wpm), st.one_of(st.none(), st.floats(60, 260)))


@settings(max_examples=60)
@given(st.lists(measured, max_size=12))
def test_a_point_is_beyond_usual_where_its_report_says_so(metrics: list[object]) -> None:
    talks = row(metrics)  # type: ignore[arg-type]
    for point in points(PACE, talks, talks):
        at = point.at - 1
        history = [each.metrics for each in talks[max(0, at - TALKS) : at]]
        told = change("wpm", point.talk.metrics, history)
        assert point.beyond is bool(told and told.beyond_usual)
        assert (point.usual is None) is (told is None or told.beyond_usual is None)
