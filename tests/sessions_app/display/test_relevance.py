from __future__ import annotations

from dataclasses import replace

import pytest

from sessions_app.display.relevance import RelevanceCard, relevance_card
from sessions_app.models import PracticeSession
from sessions_app.report import Report
from sessions_app.speech.relevance import Point, Relevance, RelevanceSource
from sessions_app.stages.outputs import TextSource
from tests.sessions_app.display.test_plain import REPORT

BY_RULE = Relevance(0.5, RelevanceSource.RULE, (Point("hello", ((1, 2),)), Point("bees", ())))


def card(report: Report, prompt: str = "Say hello to bees") -> RelevanceCard | None:
    return relevance_card(PracticeSession(prompt=prompt, language="en"), report)


def test_key_words_are_quoted_with_the_words_around_them() -> None:
    found = card(replace(REPORT, relevance=BY_RULE))
    assert found is not None
    assert (found.value, found.by_ai) == ("0.50", False)
    assert found.reason == "Your talk mentions 1 of the 2 key words of the prompt."
    hello, bees = found.points
    quote = " ".join(word.text for word in REPORT.words[: 2 + 3])
    assert [moment.quote for moment in hello.moments] == [quote]
    assert bees.moments == ()


def test_what_a_reader_pointed_at_is_quoted_as_it_is() -> None:
    found = card(replace(REPORT, relevance=replace(BY_RULE, source=RelevanceSource.AI)))
    assert found is not None
    assert found.by_ai
    assert found.reason == "Your talk answers 1 of the 2 things the prompt asks for."
    assert found.points[0].moments[0].quote == REPORT.words[1].text


@pytest.mark.parametrize(
    ("prompt", "language", "source", "why"),
    [
        ("Bees", "en", TextSource.DRAFT, "rough draft"),
        ("Pszczoły", "pl", TextSource.OWN, "not known in this language"),
        ("Warum sind Bienen so wichtig für uns?", "en", TextSource.OWN, "in another language"),
        ("Tell us what it is", "en", TextSource.OWN, "names nothing in particular"),
        ("Bees", "en", TextSource.OWN, "Process the talk again"),
    ],
)
def test_where_there_is_none_it_says_why(
    prompt: str, language: str, source: TextSource, why: str
) -> None:
    found = card(replace(REPORT, relevance=None, source=source, language=language), prompt)
    assert found is not None
    assert why in found.reason
    assert (found.value, found.points) == ("", ())


def test_without_a_prompt_or_before_scoring_there_is_no_card() -> None:
    assert card(replace(REPORT, relevance=None), " ") is None
    assert card(replace(REPORT, relevance=None, metrics=None)) is None
