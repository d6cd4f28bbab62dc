"""Every text is translated into every language, with the same placeholders."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings

from speechcoach.texts import collected

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}|</?\w+[^>]*>")

in_every_language = pytest.mark.parametrize("language", LANGUAGES)


@cache
def texts() -> Catalog:
    return collected(settings.BASE_DIR)


@cache
def translated(language: str) -> Catalog:
    path = settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def messages(catalog: Catalog) -> list[Message]:
    """Without the header."""
    return [message for message in catalog if message.id]


def forms(text: object) -> tuple[str, ...]:
    """One, or with the plural ones."""
    return tuple(map(str, text)) if isinstance(text, tuple | list) else (str(text or ""),)


def pairs(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Each text with its translation, singular and plural apart."""
    for message in messages(catalog):
        yield from zip(forms(message.id), forms(message.string), strict=True)


@in_every_language
def test_every_text_has_a_translation(language: str) -> None:
    catalog = translated(language)
    missing = []
    for message in messages(texts()):
        found = catalog.get(message.id, message.context)
        if found is None or found.id != message.id or not all(forms(found.string)):
            missing.append(message.id)
    assert missing == []


@in_every_language
def test_no_translation_is_left_over_or_only_a_guess(language: str) -> None:
    catalog = translated(language)
    assert not catalog.obsolete
    assert not [message.id for message in messages(catalog) if message.fuzzy]
    wanted = {(forms(message.id), message.context) for message in messages(texts())}
    there = {(forms(message.id), message.context) for message in messages(catalog)}
    assert there - wanted == set()


@in_every_language
def test_placeholders_and_markup_are_those_of_the_text(language: str) -> None:
    differ = [
        (text, translation)
        for text, translation in pairs(translated(language))
        if Counter(PLACEHOLDER.findall(text)) != Counter(PLACEHOLDER.findall(translation))
    ]
    assert differ == []


@in_every_language
def test_spaces_around_a_text_are_kept(language: str) -> None:
    differ = [
        (text, translation)
        for text, translation in pairs(translated(language))
        if text[:1].isspace() != translation[:1].isspace()
        or text[-1:].isspace() != translation[-1:].isspace()
    ]
    assert differ == []


def test_german_has_its_own_quotation_marks() -> None:
    wrong = [
        translation
        for _text, translation in pairs(translated("de"))
        if "”" in translation
        or translation.count("„") != translation.count("“")
        or '"' in PLACEHOLDER.sub("", translation)
    ]
    assert wrong == []
