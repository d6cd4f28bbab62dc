import pytest

from sessions_app.speech.baseline import TALKS, Change, change, usual_variation
from sessions_app.speech.metrics import Metrics
from tests.sessions_app.speech.measured import a_minute


def talks(*rates: float | None) -> tuple[Metrics, ...]:
    return tuple(a_minute(fillers_per_minute=rate) for rate in rates)


def test_nothing_to_compare_with() -> None:
    now = a_minute(fillers_per_minute=6.0)
    assert change("fillers_per_minute", now, ()) is None
    assert change("fillers_per_minute", now, talks(None, None)) is None
    assert change("fillers_per_minute", a_minute(), talks(5.0)) is None


def test_two_talks_are_too_few_for_a_usual_variation() -> None:
    found = change("fillers_per_minute", a_minute(fillers_per_minute=6.0), talks(9.0, 7.0))
    assert found == Change("fillers_per_minute", 6.0, 8.0, 2, None)


@pytest.mark.parametrize(("now", "beyond"), [(5.4, True), (5.8, False), (10.6, True)])
def test_beyond_twice_the_spread_is_beyond_usual(now: float, beyond: bool) -> None:
    # Mean 8, standard deviation 1, so 8 ± 2 · sqrt(4/3) = 8 ± 2.31.
    found = change("fillers_per_minute", a_minute(fillers_per_minute=now), talks(7.0, 8.0, 9.0))
    assert found is not None
    assert found.beyond_usual is beyond


def test_a_tiny_change_after_equal_talks_is_not_beyond_usual() -> None:
    found = change("fillers_per_minute", a_minute(fillers_per_minute=8.1), talks(8.0, 8.0, 8.0))
    assert found is not None
    assert found.beyond_usual is False


def test_only_the_last_talks_count() -> None:
    found = change(
        "fillers_per_minute", a_minute(fillers_per_minute=1.0), talks(*[99.0] * 5, *[2.0] * TALKS)
    )
    assert found is not None
    assert (found.earlier, found.talks) == (2.0, TALKS)


def test_talks_measured_by_other_formulas_are_left_out() -> None:
    old = a_minute(fillers_per_minute=50.0, formula_version="0")
    found = change("fillers_per_minute", a_minute(fillers_per_minute=4.0), (old, *talks(8.0)))
    assert found is not None
    assert (found.earlier, found.relative) == (8.0, 0.5)


def test_the_usual_variation_is_two_deviations_widened_for_few_talks() -> None:
    # Mean 8, standard deviation 1: 2 · sqrt(4/3).
    assert usual_variation([7.0, 8.0, 9.0]) == pytest.approx(2.309, abs=0.001)
    assert usual_variation([8.0, 8.0, 8.0]) == pytest.approx(0.4)  # five per cent of the mean
    assert usual_variation([7.0, 9.0]) is None
