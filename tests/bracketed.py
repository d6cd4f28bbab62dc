"""A language in which every text stands in ⟦brackets⟧, and what of a page does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import allauth
import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from django.conf import settings

from speechcoach.texts import collected

SPOKEN_ATTRIBUTES = ("title", "alt", "aria-label", "placeholder", "label")
VOID = {"meta", "link", "input", "img", "br", "hr", "path", "rect", "line", "circle", "source"}
INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")
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
                yield read_mo(file)


def _bracketed(text: str | tuple[str, ...] | list[str]) -> str | tuple[str, ...]:
    if isinstance(text, str):
        return f"⟦{text}⟧"
    return tuple(f"⟦{form}⟧" for form in text)


def unmarked(text: str) -> list[str]:
    """The words outside of brackets."""
    while INNERMOST.search(text):
        text = INNERMOST.sub(" ", text)
    return WORD.findall(text)


class Said(HTMLParser):
    """`texts` are what a page says, each with the language its element gives, "" for the page's.

    Texts for scripts, in `data-…` attributes, are told from codes by their spaces.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []
        self.links: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(html)

    @property
    def _language(self) -> str:
        return self._open[-1][1] if self._open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        language = self._language if tag == "html" else given.get("lang", self._language)
        if tag == "a":
            self.links.append(given.get("href", ""))
        for name, value in given.items():
            if name in SPOKEN_ATTRIBUTES or (name.startswith("data-") and " " in value):
                self.texts.append((value, language))
        if tag == "input" and given.get("type") == "submit":
            self.texts.append((given.get("value", ""), language))
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        inside = {tag for tag, _language in self._open}
        if data.strip() and not inside & {"script", "style"}:
            self.texts.append((data.strip(), self._language))
