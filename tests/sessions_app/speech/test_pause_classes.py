import pytest

from sessions_app.speech.metrics import PauseCounts
from sessions_app.speech.pause_classes import longest_pause_ms, pause_counts
from sessions_app.speech.words import Word


def pair(silence_ms: int) -> list[Word]:
    return [Word("a", 0, 300), Word("b", 300 + silence_ms, 700 + silence_ms)]


@pytest.mark.parametrize(
    ("silence_ms", "expected"),
    [
        (199, PauseCounts(0, 0, 0, 0, 0)),
        (200, PauseCounts(1, 0, 0, 0, 0)),
        (800, PauseCounts(1, 0, 0, 0, 0)),
        (801, PauseCounts(0, 1, 0, 0, 1)),
        (1_500, PauseCounts(0, 1, 0, 0, 1)),
        (1_501, PauseCounts(0, 0, 1, 0, 1)),
        (3_000, PauseCounts(0, 0, 1, 0, 1)),
        (3_001, PauseCounts(0, 0, 0, 1, 1)),
    ],
)
def test_classes_meet_at_their_limits(silence_ms: int, expected: PauseCounts) -> None:
    assert pause_counts(pair(silence_ms), breaks=frozenset()) == expected


def test_a_pause_after_a_sentence_is_not_inside_it() -> None:
    assert pause_counts(pair(1_000), breaks=frozenset({0})).mid_sentence == 0


def test_without_sentences_nobody_knows_what_is_inside() -> None:
    assert pause_counts(pair(1_000), breaks=None).mid_sentence is None


def test_longest_pause_is_inside_a_turn() -> None:
    words = [*pair(900), Word("c", 9_000, 9_300, turn=1), Word("d", 9_500, 9_900, turn=1)]
    assert longest_pause_ms(words) == 900
    assert longest_pause_ms([Word("alone", 0, 300)]) is None
