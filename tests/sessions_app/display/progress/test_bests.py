from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.display.progress.bests import BestLine, bests
from sessions_app.display.progress.talks import Talk
from sessions_app.speech.metrics import Metrics
from tests.sessions_app.display.progress.talks import row, talk
from tests.sessions_app.progressing import LONG, with_fillers


def line(talks: list[Talk], key: str) -> BestLine:
    return next(each for each in bests(talks).lines if each.key == key)


def test_the_fewest_fillers_are_best() -> None:
    talks = row(with_fillers(4.0, 2.5, 3.0))
    best = line(talks, "fillers-per-minute")
    assert (best.value, best.talk, best.also) == ("2.5", talks[1], "")


def test_two_talks_have_no_bests_and_the_page_says_what_is_missing() -> None:
    found = bests(row([LONG, LONG]))
    assert found.lines == ()
    assert "1 more" in found.why_none


def test_short_talks_do_not_count() -> None:
    short = [replace(each, speaking_ms=59_000) for each in with_fillers(0.0)]
    talks = row([*short, *with_fillers(4.0, 3.0, 5.0)])
    assert line(talks, "fillers-per-minute").value == "3.0"
    assert bests(row([*short * 9, LONG])).lines == ()


def test_the_best_pace_is_closest_to_the_comfortable_range() -> None:
    talks = row([replace(LONG, wpm=wpm) for wpm in (90.0, 181.0, 172.0)])
    assert line(talks, "wpm").value == "172 words/min"


def test_a_talk_with_its_own_target_is_held_against_that() -> None:
    fast = talk(replace(LONG, wpm=200.0), 3, target_wpm=200)
    talks = [*row([replace(LONG, wpm=wpm) for wpm in (90.0, 181.0, 172.0)]), fast]
    assert line(talks, "wpm").talk is fast


def test_every_pace_in_the_range_is_as_good_as_another() -> None:
    talks = row([replace(LONG, wpm=wpm) for wpm in (120.0, 150.0, 181.0)])
    best = line(talks, "wpm")
    assert (best.value, best.also) == ("150 words/min", "in the range, as in 2 talks altogether")


def test_what_reads_the_same_is_the_same() -> None:
    best = line(row(with_fillers(2.52, 2.48, 3.0)), "fillers-per-minute")
    assert best.also == "reached in 2 talks, here the last time"


def test_loudness_has_no_best() -> None:
    keys = [each.key for each in bests(row([LONG] * 3)).lines]
    assert keys == [
        "score-overall",
        "wpm",
        "fillers-per-minute",
        "pauses-long",
        "pitch-range-semitones",
        "vocabulary-variety",
    ]


metrics = st.builds(
    lambda rate, ms: replace(LONG, fillers_per_minute=rate, speaking_ms=ms),
    st.one_of(st.none(), st.floats(0, 40)),
    st.integers(10_000, 300_000),
)


@given(st.lists(metrics, max_size=10))
def test_no_comparable_talk_is_better_than_the_best(measured: list[Metrics]) -> None:
    lines = [each for each in bests(row(measured)).lines if each.key == "fillers-per-minute"]
    rates = [
        each.fillers_per_minute
        for each in measured
        if (each.speaking_ms or 0) >= 60_000 and each.fillers_per_minute is not None
    ]
    assert bool(lines) is (len(rates) >= 3)
    if lines:
        assert float(lines[0].value) == min(round(rate, 1) for rate in rates)
