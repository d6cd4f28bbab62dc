import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.stems import Stemmer, norms, parts
from tests.sessions_app.speech.said import said


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "meetings", "meeting"),
        ("en", "team's", "teams"),
        ("de", "besprechungen", "besprechung"),
        ("es", "reuniones", "reunión"),
        ("fr", "l'équipe", "équipes"),
        ("it", "dell'azienda", "aziende"),
        ("nl", "vergaderingen", "vergadering"),
        ("pt", "palestras", "palestra"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, one: str, other: str) -> None:
    stemmer = Stemmer(language)
    assert stemmer(one) == stemmer(other)


def test_a_region_of_a_language_is_that_language() -> None:
    assert Stemmer("en-GB")("meetings") == "meet"


def test_words_of_other_languages_stay_whole() -> None:
    assert Stemmer("xx")("meetings") == "meetings"


def test_a_word_that_ends_in_an_apostrophe_is_not_lost() -> None:
    assert Stemmer("fr")("l'") == "l'"


def test_hyphenated_words_come_in_parts() -> None:
    assert [atom.norm for atom in parts(said("Decision-making helps"))] == [
        "decision",
        "making",
        "helps",
    ]


@given(st.text(alphabet="aéß'’-–_., 1\"", max_size=30))
def test_the_quick_way_finds_what_atoms_find(text: str) -> None:
    atoms = [atom.norm for atom in parts(said(text))]
    assert norms(text) == [norm for atom in atoms for norm in norms(atom)]


def test_the_quick_way_knows_every_apostrophe() -> None:
    assert norms("L’équipe, “Don't” — decision-making") == [
        "l'équipe",
        "don't",
        "decision",
        "making",
    ]
