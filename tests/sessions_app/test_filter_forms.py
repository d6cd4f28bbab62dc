from __future__ import annotations

from datetime import date

import pytest

from sessions_app.display.progress.choice import DEFAULT_TALKS, ProgressChoice
from sessions_app.filter_forms import ProgressForm, TalkFilterForm
from sessions_app.talk_filter import Order, TalkFilter


def test_nothing_given_filters_nothing() -> None:
    form = TalkFilterForm({})
    assert form.wish() == TalkFilter()
    assert form.problems == []
    assert form.narrowed == 0


def test_everything_given() -> None:
    form = TalkFilterForm(
        {
            "q": " bees ",
            "kind": "pitch",
            "language": "de",
            "state": "ready",
            "attempts": "retakes",
            "from": "2026-03-01",
            "to": "2026-03-31",
            "sort": "score",
        }
    )
    assert form.wish() == TalkFilter(
        "bees",
        "pitch",
        "de",
        "ready",
        "retakes",
        date(2026, 3, 1),
        date(2026, 3, 31),
        Order.SCORE,
    )
    assert form.narrowed == 6


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"kind": "opera"}, "Kind of talk"),
        ({"state": "asleep"}, "State"),
        ({"sort": "luck"}, "Sort"),
        ({"from": "yesterday"}, "From"),
        ({"to": "0001-01-01"}, "To"),
        ({"to": "9999-12-31"}, "To"),
        ({"q": "x" * 201}, "Search"),
        ({"q": "a\x00b"}, "Search"),
    ],
)
def test_what_is_not_valid_is_named_and_filters_nothing(data: dict[str, str], field: str) -> None:
    form = TalkFilterForm(data)
    assert form.wish() == TalkFilter()
    assert form.problems[0].startswith(field)


def test_the_last_day_is_not_before_the_first() -> None:
    form = TalkFilterForm({"from": "2026-03-02", "to": "2026-03-01"})
    assert form.wish() == TalkFilter(since=date(2026, 3, 2))
    assert form.problems == ["To: This day is before the first one."]


def test_progress_begins_with_the_language_of_the_newest_report() -> None:
    form = ProgressForm({}, languages=["de", "en"])
    assert form.wish() == ProgressChoice("de")
    assert form["last"].value() == str(DEFAULT_TALKS)


def test_progress_of_a_choice() -> None:
    data = {"language": "en", "kind": "pitch", "last": "10", "since": "2026-03-01"}
    form = ProgressForm(data, languages=["de", "en"])
    assert form.wish() == ProgressChoice("en", "pitch", 10, date(2026, 3, 1))


def test_a_language_without_reports_is_none_to_choose() -> None:
    form = ProgressForm({"language": "fr", "last": "7"}, languages=["de"])
    assert form.wish() == ProgressChoice("de")
    assert len(form.problems) == 2
