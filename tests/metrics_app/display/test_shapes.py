from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from metrics_app.display.shapes import side_by_side, waterfall
from metrics_app.spread import NO_SAMPLE
from tests.metrics_app.figures import spread

STAGES = {"media": spread(1_000, 2_000), "text": spread(3_000, 5_000), "scores": spread(100, 200)}


def test_each_stage_begins_where_those_before_it_end() -> None:
    found = waterfall(STAGES)
    assert [(bar.name, bar.start) for bar in found] == [
        ("media", 0),
        ("text", round(100 / 6, 2)),
        ("scores", round(400 / 6, 2)),
    ]
    assert [bar.name for bar in found if bar.slowest] == ["text"]


def test_calls_begin_together_the_slowest_first() -> None:
    found = side_by_side(STAGES)
    assert [(bar.name, bar.start) for bar in found] == [("text", 0), ("media", 0), ("scores", 0)]
    assert (found[0].median, found[0].p95, found[0].count) == ("3.0 s", "5.0 s", "100")
    assert (found[0].middle, found[0].tail, found[0].end) == (60, 40, 60)


def test_what_has_no_time_is_left_out() -> None:
    assert waterfall({"media": NO_SAMPLE}) == ()
    assert waterfall({}) == ()


def test_a_single_one_is_not_called_the_slowest() -> None:
    assert [bar.slowest for bar in side_by_side({"media": spread(1, 2)})] == [False]


@given(st.lists(st.tuples(st.floats(0, 1e7), st.floats(0, 1e7)), min_size=1, max_size=12))
def test_no_bar_leaves_the_scale(times: list[tuple[float, float]]) -> None:
    spreads = {str(at): spread(min(pair), max(pair)) for at, pair in enumerate(times)}
    for bar in (*waterfall(spreads), *side_by_side(spreads)):
        assert 0 <= bar.start <= bar.end + bar.tail <= 100.1
