from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from metrics_app.arrays import Values
from metrics_app.models import Call
from tests.metrics_app.measured import a_call

pytestmark = pytest.mark.django_db

LATENCIES = st.none() | st.integers(0, 3) | st.integers(0, 2**31 - 1)


class TestValues(TestCase):
    @settings(max_examples=60)
    @given(st.lists(st.tuples(st.sampled_from(["large", "small"]), LATENCIES), max_size=12))
    def test_are_all_that_is_known_of_each_group(self, rows: list[tuple[str, int | None]]) -> None:
        Call.objects.bulk_create(a_call(model=model, latency_ms=ms) for model, ms in rows)
        groups = Call.objects.order_by().values_list("model").annotate(all=Values("latency_ms"))
        found = {model: sorted(values.tolist()) for model, values in groups}
        assert found == {
            model: sorted(ms for name, ms in rows if name == model and ms is not None)
            for model in {name for name, _ms in rows}
        }


def test_of_no_row_there_is_none() -> None:
    assert Call.objects.aggregate(all=Values("latency_ms"))["all"].tolist() == []
