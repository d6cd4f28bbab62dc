from __future__ import annotations

from json import JSONDecodeError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.recognition.alignment import Alignment
from sessions_app.recognition.orders import Order, dump_answer, load_answer
from sessions_app.speech.tracks import Region

times = st.integers(0, 3_600_000)
orders = st.builds(
    Order,
    times,
    times,
    st.lists(st.text()).map(tuple),
    st.lists(st.builds(Region, times, times)).map(tuple),
)
alignments = st.builds(Alignment, st.lists(st.none() | st.tuples(times, times)).map(tuple))


@given(orders)
def test_an_order_arrives_as_it_was_given_in_one_line(order: Order) -> None:
    line = order.dump()
    assert (line.count(b"\n"), line[-1:]) == (1, b"\n")
    assert Order.load(line) == order


@given(alignments)
def test_an_answer_arrives_as_it_was_given_in_one_line(found: Alignment) -> None:
    line = dump_answer(found)
    assert (line.count(b"\n"), line[-1:]) == (1, b"\n")
    assert load_answer(line) == found


@given(alignments, st.data())
def test_half_an_answer_is_none(found: Alignment, data: st.DataObject) -> None:
    line = dump_answer(found).rstrip()
    with pytest.raises(JSONDecodeError):
        load_answer(line[: data.draw(st.integers(0, len(line) - 1))])
