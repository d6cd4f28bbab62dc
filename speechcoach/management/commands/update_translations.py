"""`manage.py update_translations [LANGUAGE …]`: bring `locale/` up to date with the texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from speechcoach.texts import collected


class Command(BaseCommand):
    help = "Write every text that can be translated into the .po files; what is new is empty."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("languages", nargs="*", help="also begin these, such as fr")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.BASE_DIR / "locale"
        texts = collected(settings.BASE_DIR)
        there = {path.name for path in folder.iterdir() if path.is_dir()}
        for language in sorted(there | set(options["languages"])):
            path = folder / language / "LC_MESSAGES" / "django.po"
            catalog = _updated(path, language, texts)
            _write(path, catalog)
            missing = sum(not _is_whole(message) for message in catalog if message.id)
            self.stdout.write(f"{language}: {len(catalog)} texts, {missing} without a translation")


def _updated(path: Path, language: str, texts: Catalog) -> Catalog:
    """What is no longer said goes, and what is new waits for somebody: nothing is guessed."""
    catalog = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
    catalog.update(texts, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def _is_whole(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def _write(path: Path, catalog: Catalog) -> None:
    """Without dates and line numbers, so that only a change of a text is a change here."""
    path.parent.mkdir(parents=True, exist_ok=True)
    header = _HEADER.format(language=catalog.locale_identifier, plurals=catalog.plural_forms)
    with path.open("wb") as file:
        file.write(header.encode())
        write_po(
            file, catalog, width=100, omit_header=True, sort_by_file=True, include_lineno=False
        )


_HEADER = r"""msgid ""
msgstr ""
"Language: {language}\n"
"Plural-Forms: {plurals}\n"
"Content-Type: text/plain; charset=utf-8\n"

"""
