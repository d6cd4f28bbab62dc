"""German, French and Dutch fillers between pauses, among neighbours and in plain prose."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import django
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.fillers import find_fillers
from sessions_app.speech.packs import LanguagePack, Verdict, load_pack
from sessions_app.speech.words import Word
from tests.sessions_app.speech.said import said, timed

DJANGO = Path(django.__file__).parent
CATALOGUES = ("conf", "contrib/admin", "contrib/auth", "contrib/admindocs", "contrib/postgres")
LANGUAGES = ("de", "fr", "nl")
SILENCE = 700

PLAIN = {
    "de": "Wir backen jeden Morgen Brot und fahren es danach in die Stadt.",
    "fr": "Nous faisons du pain chaque matin et nous le portons ensuite en ville.",
    "nl": "We bakken elke ochtend brood en brengen het daarna naar de stad.",
}

each_language = pytest.mark.parametrize("language", LANGUAGES)


def pack(language: str) -> LanguagePack:
    found = load_pack(language)
    assert found is not None
    return found


def verdicts(words: tuple[Word, ...], language: str) -> list[tuple[str, Verdict]]:
    return [(found.label, found.verdict) for found in find_fillers(words, pack(language))]


def counted(text: str, language: str) -> list[str]:
    found = verdicts(said(text), language)
    return [label for label, verdict in found if verdict is Verdict.COUNTED]


def prose(language: str) -> list[str]:
    """What the people of Django wrote for their users, sentences of some length."""
    texts = set()
    for app in CATALOGUES:
        path = DJANGO / app / "locale" / language / "LC_MESSAGES" / "django.mo"
        with path.open("rb") as file:
            translated = gettext.GNUTranslations(file)
        texts |= {str(text) for text in translated._catalog.values()}  # type: ignore[attr-defined]
    return [text for text in sorted(texts) if len(text.split()) > 3]


@each_language
def test_prose_without_fillers_has_none(language: str) -> None:
    texts = prose(language)
    assert sum(len(text.split()) for text in texts) > 2_000
    assert [text for text in texts if counted(text, language)] == []


@each_language
def test_prose_has_hardly_a_possible_filler(language: str) -> None:
    found = [entry for text in prose(language) for entry in verdicts(said(text), language)]
    assert len(found) <= 2


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("we went um home", {"en": 1, "de": 0, "fr": 1, "nl": 1}),
        ("wir gingen ähm heim", {"en": 0, "de": 1, "fr": 0, "nl": 0}),
        ("on va euh là", {"en": 1, "de": 0, "fr": 1, "nl": 1}),
        ("she went er home", {"en": 1, "de": 0, "fr": 0, "nl": 0}),
        ("we gaan eh daar", {"en": 1, "de": 0, "fr": 0, "nl": 1}),
        ("il a bah mangé", {"en": 0, "de": 0, "fr": 1, "nl": 0}),
    ],
)
def test_a_sound_in_one_language_is_a_word_or_nothing_in_another(
    text: str, sounds: dict[str, int]
) -> None:
    assert {language: len(counted(text, language)) for language in sounds} == sounds


@pytest.mark.parametrize(
    ("language", "text", "phrase", "label"),
    [
        ("de", "das ist sag ich mal ein Erfolg", 4, "ich sag mal"),
        ("fr", "et on a en fait tout vendu", 3, "en fait"),
        ("nl", "het is zeg maar een oven", 2, "zeg maar"),
    ],
)
def test_a_pause_inside_a_phrase_does_not_hide_it(
    language: str, text: str, phrase: int, label: str
) -> None:
    words = timed(text, gaps={phrase: SILENCE})
    assert [found for found, _ in verdicts(words, language)] == [label]


@pytest.mark.parametrize(
    ("language", "text", "at", "label"),
    [
        ("de", "wir haben irgendwie gewonnen und das zählt", 2, "irgendwie"),
        ("de", "wir haben quasi gewonnen und das zählt", 2, "quasi"),
        ("fr", "nous avons genre gagné et cela compte", 2, "genre"),
        ("fr", "nous avons bon gagné et cela compte", 2, "bon"),
        ("nl", "we hebben eigenlijk gewonnen en dat telt", 2, "eigenlijk"),
        ("nl", "we hebben nou gewonnen en dat telt", 2, "nou"),
    ],
)
def test_pauses_on_both_sides_make_a_word_a_filler(
    language: str, text: str, at: int, label: str
) -> None:
    assert verdicts(timed(text, gaps={at - 1: SILENCE, at: SILENCE}), language) == [
        (label, Verdict.COUNTED)
    ]
    assert (label, Verdict.COUNTED) not in verdicts(timed(text), language)


@given(st.sampled_from(LANGUAGES), st.data())
def test_one_more_sound_anywhere_is_one_more_filler(language: str, data: st.DataObject) -> None:
    tokens = PLAIN[language].split()
    entry = data.draw(st.sampled_from(pack(language).lexical))
    sound = data.draw(st.sampled_from(entry.forms))
    at = data.draw(st.integers(0, len(tokens)))
    mark = data.draw(st.sampled_from(["", ",", "...", "…"]))
    text = " ".join([*tokens[:at], sound + mark, *tokens[at:]])
    assert counted(text, language) == [entry.label]


@given(st.sampled_from(LANGUAGES), st.integers(2, 12), st.data())
def test_a_drawn_out_sound_is_the_same_sound(
    language: str, times: int, data: st.DataObject
) -> None:
    entry = data.draw(st.sampled_from(pack(language).lexical))
    first = entry.forms[0]
    stretched = first[:-1] + first[-1] * times
    assert counted(stretched, language) == [entry.label]


@each_language
def test_curly_apostrophes_read_like_plain_ones(language: str) -> None:
    for example in pack(language).examples:
        plain = re.sub("[’ʼ]", "'", example.text)
        curly = plain.replace("'", "’")
        assert verdicts(said(plain), language) == verdicts(said(curly), language), plain
