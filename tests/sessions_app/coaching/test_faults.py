import pytest

from sessions_app.coaching.faults import LONGEST, House, faults, folded, kept, plain
from tests.sessions_app.speech.said import said

SAID = folded(said("So I went home, and it was late. Don’t ask me why!"))
HOUSE = House("en", frozenset({"pace_wpm", "fillers_total", "filler:um"}), SAID)


@pytest.mark.parametrize(
    "text",
    [
        "At {pace_wpm} words a minute. {fillers_total|filler|fillers} in all.",
        "“um”, {filler:um|time|times}; ({pace_wpm}) and “{pace_wpm}”.",
        "You said “I went home, and it was late” and “don't ask me”.",
        "They call it a “walking meeting”.",
        "It is {pace_wpm}: calm. Is it {pace_wpm}?",
        "",
    ],
)
def test_what_keeps_the_rules_is_kept_whole(text: str) -> None:
    assert faults(text, HOUSE) == ()
    assert kept(text, HOUSE) == text


@pytest.mark.parametrize(
    "wrong",
    [
        "You said um 12 times.",
        "You said it twelve times.",
        "It is half of them.",
        "Tw\u00adelve of them.",
        "See {secret}.",
        "See {filler:like}.",
        "See {}.",
        "See {pace_wpm.",
        "See pace_wpm}.",
        "See {{pace_wpm}}.",
        "See {pace_wpm|word}.",
        "See {pace_wpm|word|words|more}.",
        "See {pace_wpm|a 5|b}.",
        "See {pace_wpm|a. b|c}.",
        "See {pace_wpm}0.",
        "See -{pace_wpm}.",
        "See {pace_wpm}.{fillers_total}.",
        "See {pace_wpm}{fillers_total}.",
        "See {pace_wpm} {fillers_total}.",
        "See {pace_wpm}%.",
        "See {pace_wpm} percent.",
        "See {pace_wpm}k.",
        "See {pace_wpm} pour cent.",
        "You said “I never went home”.",
        'You said "home and it stayed".',
        "Du hast zwölf gesagt.",
    ],
)
def test_a_sentence_that_breaks_them_is_left_out(wrong: str) -> None:
    text = f"A good start. {wrong} A good end."
    assert faults(text, HOUSE)
    left = kept(text, HOUSE)
    assert left.startswith("A good start.")
    assert wrong not in left


def test_a_quotation_over_two_sentences_is_one() -> None:
    assert faults("You said “I went home. And it was late.” Well.", HOUSE) == ()
    assert kept("Here: “Nobody ever said. This at all.” The end.", HOUSE) == "The end."


def test_anything_may_be_quoted_where_it_is_no_claim() -> None:
    assert faults("Say “this is my point” aloud.", HOUSE.without_quotations()) == ()


def test_texts_without_slots_take_none() -> None:
    assert faults("At {pace_wpm}.", HOUSE.without_slots())


def test_a_fault_names_what_to_change() -> None:
    assert faults("Twelve of {secret}.", HOUSE) == (
        "the figure “Twelve”",
        "the slot {secret}, which was not offered here",
    )


def test_what_goes_on_and_on_is_cut_at_a_sentence() -> None:
    text = "This is a sentence. " * 100
    assert len(kept(text, HOUSE)) <= LONGEST
    assert kept(text, HOUSE).endswith("sentence.")


def test_texts_stand_on_one_line_without_control_characters() -> None:
    assert plain("a\n\n\tb\x00\x1b[31m\u200bc") == "a b[31mc"
