from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from metrics_app.analysis.corrected import Corrected, most_corrected
from metrics_app.windows import Window
from tests.metrics_app.records import a_correction

pytestmark = pytest.mark.django_db


def test_rules_are_counted_by_label_and_language_less_what_was_taken_back() -> None:
    for _time in range(3):
        a_correction(label="so", language="pt")
    a_correction(label="so", language="pt", made=False)
    a_correction(label="so", language="en")
    a_correction(label="like", language="en")
    a_correction(label="like", language="en", made=False)
    found = most_corrected(Window.last(60))
    assert found == (Corrected("so", "pt", 2), Corrected("so", "en", 1))


def test_what_a_model_found_or_has_no_label_is_no_rule_of_ours() -> None:
    a_correction(label="so", source="ai")
    a_correction(label="")
    a_correction(label="so", kind="is_a_filler")
    assert most_corrected(Window.last(60)) == ()


def test_only_the_time_asked_for_counts() -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=2), tick=False):
        a_correction(label="so", language="pt")
    assert most_corrected(Window.last(60)) == ()
    assert most_corrected(Window.last(180)) == (Corrected("so", "pt", 1),)
