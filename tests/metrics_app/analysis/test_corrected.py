from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from metrics_app.analysis.corrected import (
    LEAST_PEOPLE,
    LEAST_TIMES,
    MOST,
    Corrected,
    most_corrected,
)
from metrics_app.models import CorrectionEvent
from metrics_app.windows import Window
from tests.metrics_app.records import a_correction

pytestmark = pytest.mark.django_db


def corrections(*times: int, label: str = "so", language: str = "pt", **fields: object) -> None:
    """So many of each of several speakers."""
    for speaker, count in enumerate(times, start=1):
        for _time in range(count):
            a_correction(label=label, language=language, **({"owner_id": speaker} | fields))


def test_rules_are_counted_by_label_and_language_the_most_frequent_first() -> None:
    corrections(3, 2, language="en")
    corrections(3, 4)
    assert most_corrected(Window.last(60)) == (
        Corrected("so", "pt", times=7, people=2),
        Corrected("so", "en", times=5, people=2),
    )


def test_a_rule_is_not_blamed_on_a_few_clicks() -> None:
    corrections(2, 2)
    assert most_corrected(Window.last(60)) == ()


def test_nor_on_those_of_one_speaker() -> None:
    corrections(40)
    assert most_corrected(Window.last(60)) == ()


def test_who_takes_it_all_back_says_nothing_any_more() -> None:
    corrections(5, 1)
    a_correction(label="so", language="pt", owner_id=2, made=False)
    assert most_corrected(Window.last(60)) == ()
    corrections(0, 2)
    a_correction(label="so", language="pt", owner_id=1, made=False)
    assert most_corrected(Window.last(60)) == (Corrected("so", "pt", times=6, people=2),)


def test_speakers_who_are_gone_count_as_one() -> None:
    corrections(3, 3, owner_id=7)
    CorrectionEvent.objects.update(owner_id=None)
    assert most_corrected(Window.last(60)) == ()
    corrections(1)
    assert most_corrected(Window.last(60)) == (Corrected("so", "pt", times=7, people=2),)


def test_what_a_model_found_or_has_no_label_is_no_rule_of_ours() -> None:
    corrections(3, 3, source="ai")
    corrections(3, 3, label="")
    corrections(3, 3, kind="is_a_filler")
    assert most_corrected(Window.last(60)) == ()


def test_only_the_time_asked_for_counts() -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=2), tick=False):
        corrections(3, 3)
    assert most_corrected(Window.last(60)) == ()
    assert len(most_corrected(Window.last(180))) == 1


def test_it_takes_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    corrections(3, 3)
    with django_assert_num_queries(1):
        most_corrected(Window.last(60))


clicks = st.lists(
    st.tuples(st.sampled_from(["so", "like", "well", "right"]), st.integers(1, 3), st.booleans()),
    max_size=80,
)


@settings(max_examples=40, deadline=None)
@given(clicks)
def test_no_rule_is_named_that_rests_on_less(clicks: list[tuple[str, int, bool]]) -> None:
    CorrectionEvent.objects.all().delete()
    CorrectionEvent.objects.bulk_create(
        CorrectionEvent(
            label=label, owner_id=owner, made=made,
            kind="not_a_filler", source="rule", language="en",
        )
        for label, owner, made in clicks
    )  # fmt: skip
    still = Counter[tuple[str, int]]()
    for label, owner, made in clicks:
        still[label, owner] += 1 if made else -1
    wanted = {}
    for label in {label for label, _owner in still}:
        counts = [n for (each, _owner), n in still.items() if each == label and n > 0]
        if sum(counts) >= LEAST_TIMES and len(counts) >= LEAST_PEOPLE:
            wanted[label] = (sum(counts), len(counts))
    found = most_corrected(Window.last(60))
    assert len(found) == min(MOST, len(wanted))
    assert all(wanted[each.label] == (each.times, each.people) for each in found)
