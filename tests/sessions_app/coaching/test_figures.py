import pytest

from sessions_app.coaching.figures import find_figures, without_figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("You said um 12 times.", ("12",)),
        ("You said um twelve times.", ("twelve",)),
        ("TWICE as many, a dozen or more", ("TWICE", "dozen")),
        ("twenty-five words", ("twenty", "five")),
        ("at 3.5 a minute", ("3", "5")),
        ("half of your sentences", ("half",)),
        ("10x better, the 3rd time", ("10x", "3rd")),
        ("٣ fillers", ("٣",)),
        ("x² and ½", ("x²", "½")),
    ],
)
def test_finds_digits_and_number_words(text: str, figures: tuple[str, ...]) -> None:
    assert find_figures(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "One filler pulled the next one along, once.",
        "Wait a second before the first word.",
        "Your score is someone's freight, often and anew.",
        "{filler:um} of {fillers_total} at {pace_wpm}",
        "{filler:catch 22|time|times}",
        "",
    ],
)
def test_leaves_ordinary_words_and_slots_alone(text: str) -> None:
    assert find_figures(text) == ()


def test_a_figure_does_not_hide_in_the_forms_of_a_slot() -> None:
    assert find_figures("{pace_wpm|9 words|ten words}") == ("9", "ten")
    assert find_figures("an open { 9 brace") == ("9",)


def test_other_languages_are_searched_for_digits() -> None:
    assert find_figures("zehn Mal, 10 Mal", "de") == ("10",)
    assert find_figures("ten times", "en-GB") == ("ten",)


def test_sentences_with_figures_are_taken_out() -> None:
    text = "You pause well. There were nine fillers! Keep “that”. Aim for 5."
    assert without_figures(text) == "You pause well. Keep “that”."
