import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.coaching.agreement import Grounds, compare


@pytest.mark.parametrize(
    ("rule", "ai", "regenerate", "grounds"),
    [
        (10, 9, False, Grounds.WITHIN),
        (8, 7, False, Grounds.WITHIN),
        (10, 8, False, Grounds.WITHIN),
        (5, 4, False, Grounds.WITHIN),
        (10, 7, True, Grounds.BEYOND),
        (15, 7, True, Grounds.BEYOND),
        (7, 15, True, Grounds.BEYOND),
        (0, 0, False, Grounds.BOTH_ZERO),
        (0, 1, True, Grounds.ONE_ZERO),
        (1, 0, True, Grounds.ONE_ZERO),
    ],
)
def test_a_fifth_is_still_agreement(rule: int, ai: int, regenerate: bool, grounds: Grounds) -> None:
    agreement = compare(rule, ai, 0.20)
    assert (agreement.regenerate, agreement.grounds) == (regenerate, grounds)
    assert (agreement.rule, agreement.ai) == (rule, ai)


@given(st.integers(0, 99), st.integers(0, 99))
def test_a_threshold_of_nothing_always_regenerates(rule: int, ai: int) -> None:
    agreement = compare(rule, ai, 0)
    assert agreement.regenerate
    assert agreement.grounds is Grounds.ALWAYS


@given(st.integers(1, 99), st.integers(0, 99))
def test_the_difference_is_a_share_of_the_rules_count(rule: int, ai: int) -> None:
    assert compare(rule, ai, 0.2).difference == pytest.approx(abs(rule - ai) / rule)
    assert compare(0, ai, 0.2).difference is None
