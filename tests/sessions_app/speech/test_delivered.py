import pytest

from sessions_app.speech.delivered import Delivered, counted_at, delivered
from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.speech.material import WordTimes
from tests.sessions_app.speech.said import timed

WORDS = timed("one two three four five six", word_ms=500, gaps={1: 1000, 3: 150, 4: 2000})


def filler(at: int, status: FindingStatus = FindingStatus.COUNTED) -> Finding:
    return Finding(FindingKind.FILLER, "um", "um", at, at + 1, status=status)


FOUND = (
    filler(0),
    filler(2),
    filler(3, FindingStatus.POSSIBLE),
    filler(4),
    Finding(FindingKind.HEDGE, "x", "x", 2, 3),
)


def test_a_passage_is_measured_by_itself() -> None:
    found = delivered(WORDS, (0, 4), counted_at(FOUND), WordTimes.EXACT)
    assert found == Delivered(words=4, fillers=2, wpm=80.0, pause_share=1000 / 3000)


def test_silence_in_which_the_talk_stands_still_is_no_speaking_time() -> None:
    found = delivered(WORDS, (4, 6), (), WordTimes.EXACT)
    assert (found.wpm, found.pause_share) == (120.0, 2000 / 3000)


@pytest.mark.parametrize(
    ("times", "wpm", "pauses"),
    [
        (WordTimes.EXACT, True, True),
        (WordTimes.CUES, True, False),
        (WordTimes.SPREAD, False, False),
        (WordTimes.NONE, False, False),
    ],
)
def test_only_what_the_times_support_is_known(times: WordTimes, wpm: bool, pauses: bool) -> None:
    found = delivered(WORDS, (0, 4), None, times)
    assert (found.fillers, found.wpm is not None) == (None, wpm)
    assert (found.pause_share is not None) is pauses


def test_without_times_nothing_is_made_up() -> None:
    words = tuple(type(word)(word.text) for word in WORDS)
    found = delivered(words, (0, 4), (), WordTimes.EXACT)
    assert found == Delivered(words=4, fillers=0, wpm=None, pause_share=None)
