from sessions_app.speech.gaps import Gap, gaps, joined, length_ms, turn_regions, word_regions
from sessions_app.speech.tracks import Region
from sessions_app.speech.words import Word

TALK = (
    Word("a", 0, 400),
    Word("b", 500, 900),
    Word("c", 2_500, 3_000),
    Word("d", 4_500, 5_000),
    Word("e", 9_000, 9_500, turn=1),
)


def test_no_gap_between_turns() -> None:
    assert list(gaps(TALK)) == [Gap(0, 400, 100), Gap(1, 900, 1_600), Gap(2, 3_000, 1_500)]


def test_overlapping_words_have_no_negative_gap() -> None:
    assert list(gaps([Word("a", 0, 500), Word("b", 450, 800)])) == [Gap(0, 500, 0)]


def test_no_gap_where_a_time_is_missing() -> None:
    assert not list(gaps([Word("a", 0, 500), Word("b"), Word("c", 900, 1_000)]))


def test_speaking_goes_on_through_an_acceptable_pause() -> None:
    regions = word_regions(TALK)
    assert regions == (Region(0, 900), Region(2_500, 5_000), Region(9_000, 9_500))
    assert length_ms(regions) == 3_900


def test_turns_reach_from_first_to_last_word() -> None:
    assert turn_regions(TALK) == (Region(0, 5_000), Region(9_000, 9_500))


def test_joining_keeps_a_region_that_contains_the_next() -> None:
    assert joined([Region(0, 900), Region(100, 300)]) == (Region(0, 900),)
