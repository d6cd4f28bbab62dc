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


def test_overall_scores_that_are_means_of_other_scores_have_no_difference() -> None:
    there = Score(80, Band.STRONG)
    text = Scores(there, there, None, None, there, there)
    sound = Scores(there, there, there, there, None, there)
    row = RunMetrics(overall_score=70, wpm=120.0, scores=codec.dump(text))
    now = RunMetrics(overall_score=80, wpm=130.0, scores=codec.dump(sound))
    for before, change in ((text, ""), (sound, "+10")):
        found = compare(now, [Earlier(PracticeSession(), row, METRICS, before)])
        assert found is not None
        assert [measure.change for measure in found.measures[:2]] == [change, "+10"]
