import pytest

from sessions_app.coaching.reasons import LONGEST, shown


def test_a_few_plain_words_are_shown_on_one_line() -> None:
    assert shown(" sets off\n the next thought ", "en") == "sets off the next thought"
    assert shown("x" * LONGEST, "en") == "x" * LONGEST


@pytest.mark.parametrize(
    "reason", ["", "12 fillers", "zwölf", "{slot}", "<b>", "a|b", "x" * (LONGEST + 1)]
)
def test_figures_markup_and_essays_are_not(reason: str) -> None:
    assert shown(reason, "en") == ""
