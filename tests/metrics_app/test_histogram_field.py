from __future__ import annotations

import pytest

from metrics_app.histograms import Histogram, of_latencies
from metrics_app.models import HourlyStages
from tests.metrics_app.measured import NOON

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("histogram", [Histogram(), of_latencies([0, 5, 5, 2**31 - 1])])
def test_a_histogram_comes_back_as_it_was(histogram: Histogram) -> None:
    HourlyStages.objects.create(hour=NOON, stage="media", duration_ms=1, durations=histogram)
    assert HourlyStages.objects.get().durations == histogram
    assert list(HourlyStages.objects.values_list("durations", flat=True)) == [histogram]


def test_without_one_there_is_an_empty_one() -> None:
    HourlyStages.objects.create(hour=NOON, stage="media", duration_ms=1)
    assert HourlyStages.objects.get().durations == Histogram()
