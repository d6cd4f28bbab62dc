from __future__ import annotations

from sessions_app.speech.atoms import atomise
from sessions_app.speech.hedges import hedge_findings
from tests.sessions_app.speech.said import english, notes, said


def hedges(text: str) -> list[tuple[str, str]]:
    words = said(text)
    found = hedge_findings(atomise(words), english(), notes(words))
    return [(finding.label, finding.text) for finding in found]


def test_variants_count_under_one_label_and_are_quoted_as_said() -> None:
    assert hedges("Hopefully, I hope so.") == [("I hope", "Hopefully,"), ("I hope", "I hope")]


def test_the_longest_form_counts_once() -> None:
    assert hedges("we ate and stuff like that") == [("or something", "and stuff like that")]


def test_neighbours_can_make_it_a_plain_statement() -> None:
    assert hedges("I think of home and I believe in bread") == []
    assert hedges("what I think matters") == []
    assert hedges("I believe, in truth") == [("I believe", "I believe,")]
