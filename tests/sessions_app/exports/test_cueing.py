from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from sessions_app.exports.cueing import LINE, LONGEST_MS, PAUSE_MS, cues
from sessions_app.speech.words import Word


def spoken(text: str, *, word_ms: int = 300, start_ms: int = 0) -> list[Word]:
    """Words end to end."""
    return [
        Word(word, start_ms + i * word_ms, start_ms + (i + 1) * word_ms)
        for i, word in enumerate(text.split())
    ]


def test_a_short_sentence_is_one_line() -> None:
    (cue,) = cues(spoken("Good morning everybody."), [(0, 3)])
    assert (cue.start_ms, cue.end_ms) == (0, 1000)
    assert cue.lines == ("Good morning everybody.",)


def test_a_longer_one_has_two_lines_of_about_the_same_length() -> None:
    words = spoken("We keep the bees on the roof of the house where nobody minds them.")
    (cue,) = cues(words, [(0, len(words))])
    assert cue.lines == ("We keep the bees on the roof of", "the house where nobody minds them.")


def test_sentences_do_not_share_a_cue() -> None:
    assert [cue.lines for cue in cues(spoken("One. Two."), [(0, 1), (1, 2)])] == [
        ("One.",),
        ("Two.",),
    ]


def test_a_pause_parts_cues() -> None:
    words = [*spoken("so then"), *spoken("it rained", start_ms=600 + PAUSE_MS)]
    assert [cue.lines for cue in cues(words, [(0, 4)])] == [("so then",), ("it rained",)]


def test_another_turn_is_another_cue() -> None:
    words = [Word("yes", 0, 300, turn=0), Word("no", 350, 600, turn=1)]
    assert len(cues(words, [(0, 2)])) == 2


def test_a_long_sentence_is_cut_at_a_comma_and_leaves_no_word_alone() -> None:
    text = (
        "The first lesson that I learned from the bees was patience and calm, because a hive that "
        "is opened in a hurry does not forgive it."
    )
    words = spoken(text)
    first, second = cues(words, [(0, len(words))])
    assert first.lines[-1].endswith("calm,")
    assert second.lines[0].startswith("because")


def test_slow_words_do_not_stand_for_longer_than_they_can_be_followed() -> None:
    words = [Word(f"word{i}", i * 2000, i * 2000 + 1900) for i in range(8)]
    assert all(cue.end_ms - cue.start_ms <= LONGEST_MS for cue in cues(words, [(0, 8)]))


def test_a_word_without_a_time_is_said_with_its_neighbour() -> None:
    words = [Word("good", 0, 400), Word("old"), Word("times", 900, 1400)]
    (cue,) = cues(words, [(0, 3)])
    assert cue.lines == ("good old times",)


def test_there_are_none_without_times() -> None:
    assert cues([Word("good"), Word("morning")], [(0, 2)]) == ()
    assert cues([], []) == ()


TIME = st.one_of(st.none(), st.integers(0, 20_000))
WORDS = st.lists(
    st.builds(
        Word,
        text=st.text("abcdefgh.,", min_size=1, max_size=60),
        start_ms=TIME,
        end_ms=TIME,
        confidence=st.none(),
        turn=st.integers(0, 1),
    ),
    max_size=60,
)


@given(WORDS, st.data())
@settings(deadline=None)
def test_whatever_was_said_every_cue_can_be_read(words: list[Word], data: st.DataObject) -> None:
    starts = data.draw(st.sets(st.integers(1, max(1, len(words))), max_size=5)) if words else set()
    bounds = sorted({0, *(start for start in starts if start < len(words)), len(words)})
    made = cues(words, list(pairwise(bounds)))
    if any(word.start_ms is not None for word in words):
        said = [word for cue in made for line in cue.lines for word in line.split(" ")]
        assert said == [word.text for word in words]
    for cue in made:
        assert 1 <= len(cue.lines) <= 2
        assert all(len(line) <= LINE or " " not in line for line in cue.lines)
        assert cue.start_ms < cue.end_ms
    assert all(one.end_ms <= next_one.start_ms for one, next_one in pairwise(made))


def test_an_hour_without_a_mark_is_divided_too() -> None:
    words = [Word(f"w{i}", i * 300, i * 300 + 300) for i in range(12_000)]
    made = cues(words, [(0, len(words))])
    assert sum(len(line.split()) for cue in made for line in cue.lines) == len(words)
