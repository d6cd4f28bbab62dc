from __future__ import annotations

import pytest

from sessions_app.coaching.agreement import compare
from sessions_app.display.agreement import agreement_of, agreement_text
from sessions_app.models import SessionRun


def told(rule: int, ai: int, threshold: float = 0.2, regenerated: bool | None = None) -> str:
    agreement = compare(rule, ai, threshold)
    anew = agreement.regenerate if regenerated is None else regenerated
    return agreement_text(agreement, regenerated=anew, mode="parallel")


def test_both_counts_and_the_percentage_are_told() -> None:
    assert told(15, 7) == (
        "Coaching was written anew because rules counted 15 fillers and the AI reader 7 (53 %)."
    )
    assert told(10, 9) == (
        "Coaching was kept because rules counted 10 fillers and the AI reader 9 (10 %)."
    )


def test_nothing_found_has_no_percentage() -> None:
    assert told(0, 0) == "Coaching was kept because rules and the AI reader found no filler."
    assert "rules counted 0 fillers and the AI reader 3." in told(0, 3)
    assert "rules counted 1 filler and the AI reader 0 (100 %)." in told(1, 0)


def test_an_operator_who_always_wants_it_anew_is_named_as_the_cause() -> None:
    assert told(9, 9, threshold=0).startswith("Coaching was written anew, as this server always")


def test_an_attempt_that_did_not_succeed_is_not_called_agreement() -> None:
    assert told(15, 7, regenerated=False).endswith("but that did not succeed.")


def test_one_after_the_other_there_is_nothing_to_keep() -> None:
    text = agreement_text(compare(15, 7, 0.2), regenerated=False, mode="sequential")
    assert text.startswith("Coaching was written after the second reading")


@pytest.mark.parametrize(("rule", "ai"), [(15, 7), (10, 9), (0, 3), (0, 0)])
def test_the_columns_of_a_run_tell_the_same(rule: int, ai: int) -> None:
    agreement = compare(rule, ai, 0.2)
    run = SessionRun(
        fillers_by_rule=rule,
        fillers_by_ai=ai,
        fillers_difference=agreement.difference,
        regeneration_grounds=agreement.grounds,
    )
    assert agreement_of(run) == agreement
    assert agreement_of(SessionRun()) is None
