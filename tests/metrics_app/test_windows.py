from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from metrics_app.windows import HOUR, Window, hour_of

NOW = datetime(2026, 6, 1, 12, 34, 56, tzinfo=UTC)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 3), timezones=st.just(UTC))


def test_the_last_minutes_end_now() -> None:
    window = Window.last(90, NOW)
    assert (window.since, window.until) == (NOW - timedelta(minutes=90), NOW)
    assert window.minutes == 90


def test_hours_are_those_of_utc() -> None:
    in_india = timezone(timedelta(hours=5, minutes=30))
    assert hour_of(NOW.astimezone(in_india)) == datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_a_whole_hour_is_its_own_whole_hour() -> None:
    hour = Window(hour_of(NOW), hour_of(NOW) + HOUR)
    assert hour.whole_hours() == hour


@given(moments, moments)
def test_whole_hours_are_all_that_lie_inside(one: datetime, other: datetime) -> None:
    window = Window(min(one, other), max(one, other))
    inside = window.whole_hours()
    hours = (datetime(2026, 1, 1, tzinfo=UTC) + n * HOUR for n in range(48))
    expected = [hour for hour in hours if window.since <= hour and hour + HOUR <= window.until]
    assert inside.minutes == 60 * len(expected)
    if expected:
        assert inside.since == expected[0]
        assert [end.minutes < 60 for end in window.without(inside)] == [True, True]
