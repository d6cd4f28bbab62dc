from __future__ import annotations

import pytest

from sessions_app.coaching.naming import names_fillers, quotes
from sessions_app.coaching.numerals import LANGUAGES
from sessions_app.coaching.phrases import phrases


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_sentences_on_fillers_name_them(language: str) -> None:
    texts = phrases(language)
    assert names_fillers(texts.topics["fillers"], language)
    assert not names_fillers(texts.topics["pauses"], language)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Your opening was calm and clear.", "en"),
        ("The album fulfils its promise.", "en"),
        ("Du beginnst um neun und füllst den Raum.", "de"),
        ("A sua abertura é um convite.", "pt"),
    ],
)
def test_other_sentences_name_none(sentence: str, language: str) -> None:
    assert not names_fillers(sentence, language)


@pytest.mark.parametrize(
    "sentence",
    ["“Like” is a habit.", 'You say "like," a lot.', "Le mot « like » revient.", "„like“"],
)
def test_a_label_in_quotation_marks_is_quoted(sentence: str) -> None:
    assert quotes(sentence, {"like"})


@pytest.mark.parametrize(
    "sentence", ["We like it.", "“I like it” was warm.", "It's like you're in."]
)
def test_a_label_among_other_words_is_not(sentence: str) -> None:
    assert not quotes(sentence, {"like"})
