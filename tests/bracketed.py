"""A language in which every text stands in ⟦brackets⟧, and what of a page does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import allauth
import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from django.conf import settings

from speechcoach.texts import collected

SPOKEN = ("title", "alt", "aria-label", "placeholder", "label")
CODES = ("data-in",)
VOID = {"meta", "link", "input", "img", "br", "hr", "path", "rect", "line", "circle", "source"}
WORD = re.compile(r"[^\W\d_]{2,}")


def write_bracketed(folder: Path, language: str = "de") -> None:
    """Of our texts, and of those that Django and allauth bring in this language."""
    catalog = Catalog(locale=language, fuzzy=False)
    for texts in (collected(settings.BASE_DIR), *_theirs(language)):
        for message in texts:
            if message.id and catalog.get(message.id, message.context) is None:
                catalog.add(message.id, _bracketed(message.id), context=message.context)
    path = folder / language / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalog)


def _theirs(language: str) -> Iterator[Catalog]:
    for package in (django, allauth):
        root = Path(*package.__path__)
        for path in sorted(root.rglob(f"locale/{language}/LC_MESSAGES/django.mo")):
            with path.open("rb") as file:
                yield _with_contexts(read_mo(file))


def _with_contexts(texts: Catalog) -> Catalog:
    """Babel reads them as bytes, and could not write them with ours."""
    for message in texts:
        if isinstance(message.context, bytes):
            message.context = message.context.decode()
    return texts


def _bracketed(text: str | tuple[str, ...] | list[str]) -> str | tuple[str, ...]:
    if isinstance(text, str):
        return f"⟦{text}⟧"
    return tuple(f"⟦{form}⟧" for form in text)


@dataclass(frozen=True, slots=True)
class Text:
    """`outside` are its words outside of brackets; `language` is "" where it is the page's."""

    text: str
    outside: tuple[str, ...]
    language: str

    @property
    def bracketed(self) -> bool:
        return "⟦" in self.text


class Said(HTMLParser):
    """What a page says. A text in brackets may have elements in it.

    Texts for scripts, in `data-…` attributes, are told from codes by their spaces. What an element
    says that is marked `translate="no"` is no text.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[Text] = []
        self.titles: list[Text] = []
        self.own = ""
        self.links: list[str] = []
        self._open: list[tuple[str, str, bool]] = []
        self._brackets = 0
        self.feed(html)

    @property
    def _language(self) -> str:
        return self._open[-1][1] if self._open else ""

    @property
    def _is_code(self) -> bool:
        return bool(self._open) and self._open[-1][2]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.own = given.get("lang", "")
        language = given.get("lang", self._language)
        language = "" if language == self.own else language
        is_code = given.get("translate") == "no" or self._is_code
        if tag == "a":
            self.links.append(given.get("href", ""))
        for name, value in given.items():
            if _is_spoken(name, value):
                self.titles.append(Text(value, tuple(WORD.findall(_outside(value)[0])), language))
        if tag not in VOID:
            self._open.append((tag, language, is_code))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._is_code and not {each[0] for each in self._open} & {"script", "style"}:
            outside, self._brackets = _outside(data, self._brackets)
            self.texts.append(Text(data.strip(), tuple(WORD.findall(outside)), self._language))


def _is_spoken(name: str, value: str) -> bool:
    return name in SPOKEN or (name.startswith("data-") and name not in CODES and " " in value)


def _outside(text: str, depth: int = 0) -> tuple[str, int]:
    """What of `text` is in no bracket, and how many are open after it."""
    outside = []
    for sign in text:
        depth += (sign == "⟦") - (sign == "⟧")
        outside.append(sign if depth == 0 else " ")
    return "".join(outside), depth
