import pytest

from sessions_app import codec
from sessions_app.display.comparison import compare, compared_lengths
from sessions_app.display.earlier import Earlier
from sessions_app.models import PracticeSession, RunMetrics
from sessions_app.speech.scores import Band, Score, Scores
from tests.sessions_app.samples import METRICS


@pytest.mark.parametrize(
    ("now", "before", "shown"),
    [
        (61_900, 89_142, ("1:01", "1:29", "−0:28")),
        (3_725_900, 60_000, ("1:02:05", "1:00", "+1:01:05")),
        (60_000, 60_999, ("1:00", "1:00", "same")),
        (60_000, None, ("1:00", "not available", "")),
    ],
)
def test_lengths_are_written_as_everywhere_and_their_difference_adds_up(
    now: int, before: int | None, shown: tuple[str, str, str]
) -> None:
    row = compared_lengths("duration-ms", "Length", now, before)
    assert (row.now, row.before, row.change) == shown
    assert row.verdict == ""


def test_overall_scores_that_are_means_of_other_scores_are_left_out() -> None:
    there = Score(80, Band.STRONG)
    text = Scores(there, there, None, None, there, there)
    sound = Scores(there, there, there, there, None, there)
    row = RunMetrics(overall_score=70, wpm=120.0, duration_ms=9_000, scores=codec.dump(text))
    now = RunMetrics(overall_score=80, wpm=130.0, duration_ms=9_000, scores=codec.dump(sound))
    for before, keys in ((text, ["wpm"]), (sound, ["score-overall", "wpm"])):
        found = compare(now, [Earlier(PracticeSession(), row, METRICS, before)])
        assert found is not None
        changed = [measure.key for measure in found.measures if measure.change == "+10"]
        assert changed == keys
        assert (found.measures[0].key == "score-overall") is (before == sound)


def earlier_talk(wpm: float, overall: int = 70, scores: Scores | None = None) -> Earlier:
    by = scores or Scores(None, None, None, None, None, Score(overall, Band.SOLID))
    row = RunMetrics(
        overall_score=overall, wpm=wpm, fillers_per_minute=4.26, duration_ms=60_000,
        scores=codec.dump(by),
    )  # fmt: skip
    return Earlier(PracticeSession(), row, METRICS, by)


def now_at(wpm: float) -> RunMetrics:
    return earlier_talk(wpm).row


def test_what_is_usual_is_the_mean_of_the_last_talks() -> None:
    found = compare(now_at(120), [earlier_talk(150), earlier_talk(130), earlier_talk(140)])
    assert found is not None
    assert found.talks == 3
    assert [row.usual for row in found.measures] == ["70", "140", "4.3", "1:00"]


def test_one_talk_before_makes_nothing_usual() -> None:
    found = compare(now_at(120), [earlier_talk(150)])
    assert found is not None
    assert found.talks == 0
    assert {row.usual for row in found.measures} == {""}


@pytest.mark.parametrize(("wpm", "beyond"), [(141, False), (160, True), (100, True)])
def test_a_talk_unlike_the_last_ones_is_beyond_what_is_usual(wpm: float, beyond: bool) -> None:
    found = compare(now_at(wpm), [earlier_talk(at) for at in (138, 140, 142)])
    assert found is not None
    assert [row.beyond for row in found.measures] == [False, beyond, False, False]


def test_two_talks_do_not_say_how_much_is_usual() -> None:
    found = compare(now_at(200), [earlier_talk(140), earlier_talk(141)])
    assert found is not None
    assert not any(row.beyond for row in found.measures)


def test_overall_scores_that_are_means_of_other_scores_are_no_part_of_what_is_usual() -> None:
    there = Score(80, Band.STRONG)
    other = Scores(there, there, None, None, there, there)
    found = compare(now_at(120), [earlier_talk(140), earlier_talk(140, 90, other)])
    assert found is not None
    assert [row.usual for row in found.measures][:2] == ["", "140"]
