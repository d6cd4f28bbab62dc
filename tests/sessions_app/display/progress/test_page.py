from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from accounts_app.models import User
from sessions_app.display.progress.choice import ProgressChoice
from sessions_app.display.progress.page import Card, ProgressPage, progress_page
from tests.factories import UserFactory
from tests.sessions_app.progressing import FIRST, LONG, talks, with_fillers

LATER = FIRST + timedelta(days=30)


@pytest.fixture
def owner(db: None) -> User:
    return UserFactory.create()


def card(page: ProgressPage, key: str) -> Card:
    return next(each for each in (*page.measures, *page.parts) if each.key == key)


def test_every_measure_has_its_newest_value_and_all_values(owner: User) -> None:
    made = talks(owner, with_fillers(5.0, 4.0))
    found = card(progress_page(owner, ProgressChoice("en")), "fillers-per-minute")
    assert found.newest.value == "4.0"
    assert [row.talk.key for row in found.rows] == [made[1].pk, made[0].pk]
    assert found.held == "up to 5.0"
    assert found.chart
    assert card(progress_page(owner, ProgressChoice("en")), "pitch-range-semitones").held == (
        "at least 5.0 semitones"
    )


def test_one_talk_has_values_and_no_chart(owner: User) -> None:
    talks(owner, [LONG])
    page = progress_page(owner, ProgressChoice("en"))
    assert card(page, "wpm").chart is None
    assert "5 more are needed" in page.too_few
    assert page.bests.lines == ()


def test_a_measure_no_talk_has_is_not_shown(owner: User) -> None:
    talks(owner, [replace(LONG, loudness_sd_db=None)] * 2)
    page = progress_page(owner, ProgressChoice("en"))
    assert "loudness-sd-db" not in [each.key for each in page.measures]
    assert "score-structure" not in [each.key for each in page.parts]


def test_only_the_newest_are_shown_and_the_usual_comes_from_those_before(owner: User) -> None:
    talks(owner, with_fillers(*[4.0] * 11, 9.0))
    page = progress_page(owner, ProgressChoice("en", last=1))
    assert (page.shown, page.talks) == (1, 12)
    assert card(page, "fillers-per-minute").newest.beyond


def test_a_day_to_begin_with(owner: User) -> None:
    talks(owner, [LONG] * 4)
    page = progress_page(owner, ProgressChoice("en", since=date(2026, 1, 7)))
    assert page.talks == 2


def test_one_kind_of_talk(owner: User) -> None:
    talks(owner, with_fillers(4.0, 4.0, 4.0), kind="pitch")
    talks(owner, with_fillers(9.0), kind="interview", first=LATER)
    page = progress_page(owner, ProgressChoice("en", kind="interview"))
    assert page.shown == 1
    assert card(page, "fillers-per-minute").newest.beyond


def test_nothing_fits(owner: User) -> None:
    talks(owner, [LONG])
    page = progress_page(owner, ProgressChoice("en", kind="pitch"))
    assert (page.shown, page.measures, page.goals) == (0, (), ())


def test_bests_are_of_all_talks_of_the_kind(owner: User) -> None:
    talks(owner, with_fillers(1.0, 6.0, 7.0, 8.0))
    page = progress_page(owner, ProgressChoice("en", last=2))
    fillers = next(line for line in page.bests.lines if line.key == "fillers-per-minute")
    assert fillers.value == "1.0"
