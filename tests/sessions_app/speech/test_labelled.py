from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.labelled import BadLine, read_labelled, tokenise


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Line 2: Invalid JSON"),
        ("[]", "Line 2: Input should be an object"),
        ('{"text": "um"}', "Line 2: filler_spans: Field required"),
        ('{"text": 1, "filler_spans": []}', "Line 2: text: "),
        ('{"text": "um", "filler_spans": [[0, 3, "um"]]}', "Line 2: .*lies outside the text"),
        ('{"text": "um", "filler_spans": [[1, 1, "um"]]}', "Line 2: .*lies outside the text"),
        ('{"text": "um", "filler_spans": [["a", 1, "um"]]}', "Line 2: filler_spans.0.0: "),
    ],
)
def test_a_bad_line_is_named_with_its_reason(line: str, reason: str) -> None:
    with pytest.raises(BadLine, match=reason):
        list(read_labelled(["\n", line]))


def test_empty_lines_and_extra_fields_are_passed_over() -> None:
    (text,) = read_labelled(["", '{"text": "um", "filler_spans": [[0,2,"um"]], "id": "a"}', " "])
    assert text.filler_spans == ((0, 2, "um"),)


def test_stripping_takes_case_and_marks_but_keeps_the_places() -> None:
    tokens = tokenise("“Well,” it's wh-, uh-huh — OK…", strip=True)
    assert [word.text for word in tokens.words] == ["well", "it's", "wh", "uh-huh", "ok"]
    assert tokens.span(0, 0, 0, 4) == (1, 5)
    assert tokens.span(3, 0, 3, 2) == (18, 20)


@pytest.mark.parametrize("text", ["um,yes", "um…yes", "um...yes", "um--yes", "um;“yes”", "um/yes"])
def test_stripping_takes_words_apart_that_a_mark_has_glued(text: str) -> None:
    tokens = tokenise(text, strip=True)
    assert [word.text for word in tokens.words] == ["um", "yes"]
    assert text[slice(*tokens.span(1, 0, 1, 3))] == "yes"


@pytest.mark.parametrize("text", ["it's", "uh-huh", "3,000", "u.s"])
def test_stripping_leaves_whole_what_a_mark_does_not_divide(text: str) -> None:
    assert len(tokenise(text, strip=True).words) == 1


@given(st.text(max_size=60), st.booleans())
def test_every_character_of_every_word_has_its_place(text: str, strip: bool) -> None:
    tokens = tokenise(text, strip)
    assert len(tokens.words) == len(tokens.places)
    for word, places in zip(tokens.words, tokens.places, strict=True):
        assert len(word.text) == len(places) > 0
        assert all(
            text[place] == char or text[place].lower() == char
            for char, place in zip(word.text, places, strict=True)
        )
