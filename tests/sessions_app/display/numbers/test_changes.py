from __future__ import annotations

from dataclasses import replace

import pytest

from sessions_app.display.earlier import Earlier
from sessions_app.display.numbers.entry import Entry
from sessions_app.display.numbers.page import numbers_page
from sessions_app.models import PracticeSession, RunMetrics
from sessions_app.report import Report
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.norms import COMFORTABLE
from sessions_app.speech.scores import score
from tests.sessions_app.display.numbers.reports import REPORTS
from tests.sessions_app.speech.measured import a_minute

REPORT: Report = replace(
    REPORTS["exact"], metrics=a_minute(fillers_per_minute=6.2, fillers_total=6, wpm=150.0)
)


def talk(title: str, metrics: Metrics) -> Earlier:
    return Earlier(PracticeSession(title=title), RunMetrics(), metrics, score(metrics))


def before(*rates: float | None) -> tuple[Earlier, ...]:
    """Newest first."""
    return tuple(
        talk(f"Talk {number}", a_minute(fillers_per_minute=rate, fillers_total=5))
        for number, rate in enumerate(rates)
    )


def entries(*rates: float | None) -> dict[str, Entry]:
    page = numbers_page(REPORT, COMFORTABLE, before(*rates))
    assert page is not None
    return {entry.key: entry for group in page.groups for entry in group.entries}


def test_a_first_talk_has_nothing_beside_it() -> None:
    assert not [key for key in entries() if key.startswith("change-")]


def test_the_mean_names_what_it_is_taken_of_oldest_first() -> None:
    entry = entries(8.0, 9.0, 10.3)["change-fillers-per-minute"]
    assert entry.value == "9.1 → 6.2"
    assert entry.way.working[0] == "mean of 10.3, 9.0, 8.0 = 9.1"
    assert [each.value for each in entry.way.talks] == ["8.0", "9.0", "10.3"]
    assert entry.way.talks[0].url.endswith("/numbers/")


@pytest.mark.parametrize(
    ("rates", "last"),
    [
        ((9.0, 9.1, 9.2), "6.2 is 2.9 away from the mean: beyond it"),
        ((5.0, 9.0, 7.0), "6.2 is 0.8 away from the mean: within it"),
        ((9.0, 9.2), "with fewer than 3 earlier talks nobody knows your usual variation"),
    ],
)
def test_the_verdict_is_the_last_line(rates: tuple[float, ...], last: str) -> None:
    assert entries(*rates)["change-fillers-per-minute"].way.working[-1] == last


def test_talks_without_the_measure_are_not_counted() -> None:
    entry = entries(8.0, None, 10.0)["change-fillers-per-minute"]
    assert entry.way.working[0] == "mean of 10.0, 8.0 = 9.0"
    assert len(entry.way.talks) == 2


def test_scores_show_what_is_usual_for_the_speaker() -> None:
    working = entries(2.0, 5.0)["score-fillers"].way.working
    assert working[-1] == "your usual: mean of 95, 80 = 88"
