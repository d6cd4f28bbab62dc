import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech import key_words
from sessions_app.speech.packs import LanguagePack
from sessions_app.speech.relevance import (
    MOST_PLACES,
    Point,
    Relevance,
    RelevanceSource,
    relevance,
    relevance_by_rule,
)
from tests.sessions_app.speech.said import said

PROMPT = "Explain why walking meetings help teams."


def by_rule(talk: str, prompt: str = PROMPT, language: str = "en") -> Relevance:
    found = relevance_by_rule(prompt, said(talk), language)
    assert found is not None
    return found


def test_the_value_is_the_share_of_key_words_said_and_each_has_its_places() -> None:
    found = by_rule("We walk. A meeting outside helped, and every meeting since.")
    assert found.source is RelevanceSource.RULE
    assert found.points == (
        Point("walking", ((1, 2),)),
        Point("meetings", ((3, 4), (8, 9))),
        Point("help", ((5, 6),)),
        Point("teams", ()),
    )
    assert found.value == 0.75


def test_another_talk_is_not_on_the_prompt() -> None:
    assert by_rule("My cat sleeps on the sofa all day.").value == 0


def test_only_the_first_few_places_are_kept() -> None:
    assert by_rule("meeting " * 40).points[1].places == tuple(
        (at, at + 1) for at in range(MOST_PLACES)
    )


@pytest.mark.parametrize(
    ("prompt", "talk"),
    [
        ("risk-taking", "risk taking"),
        ("risk taking", "Risk-taking"),
        ("risk‑taking", "risk-taking"),
    ],
)
def test_it_does_not_matter_who_writes_a_hyphen(prompt: str, talk: str) -> None:
    assert by_rule(talk, prompt).value == 1


def test_german_compounds_hold_the_words_they_are_made_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pack = LanguagePack(language="de", name="German", lexical=(), stop_words=frozenset({"und"}))
    monkeypatch.setattr(key_words, "load_pack", lambda language: pack)
    found = by_rule("Der Besprechungsraum und ein Amtsbaum", "Besprechung und Amt", "de")
    assert found.points == (Point("Besprechung", ((1, 2),)), Point("Amt", ()))


@pytest.mark.parametrize("prompt", ["", "What is it?", "Talk for two minutes, please."])
def test_a_prompt_without_key_words_gives_no_relevance(prompt: str) -> None:
    assert relevance_by_rule(prompt, said("Anything at all."), "en") is None


def test_without_stop_words_of_the_language_there_is_none() -> None:
    assert relevance_by_rule("Spotkania w ruchu", said("Spotkania w ruchu."), "pl") is None


@given(st.lists(st.sampled_from(["walk", "meeting", "team", "cat", "um", "the"]), max_size=30))
def test_saying_more_never_makes_a_talk_less_relevant(words: list[str]) -> None:
    before, after = by_rule(" ".join(words)), by_rule(" ".join([*words, "teams"]))
    assert 0 <= before.value <= after.value <= 1
    for point in after.points:
        assert all(0 <= start < end <= len(words) + 1 for start, end in point.places)


def test_nothing_is_on_no_points() -> None:
    assert relevance([], RelevanceSource.AI) is None
