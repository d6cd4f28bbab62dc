"""All that can be translated, as it stands in our templates and modules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.apps import apps
from django.utils.translation.template import templatize

Text = tuple[str | tuple[str, ...], str | None]
"""The text, or its singular and plural, and what tells it from the same words elsewhere."""

_SIMPLE = ("_", "gettext", "gettext_lazy")
_PLURAL = ("ngettext", "ngettext_lazy")
_TOLD_APART = ("pgettext", "pgettext_lazy")


def collected(root: Path) -> Catalog:
    """Of the templates below `root` and of the apps that live there."""
    catalog = Catalog()
    for path in _modules(root):
        _add(catalog, path.relative_to(root), _of_module(path))
    for path in sorted((root / "templates").rglob("*.*")):
        _add(catalog, path.relative_to(root), _of_template(path))
    return catalog


def _modules(root: Path) -> Iterator[Path]:
    folders = [Path(app.path) for app in apps.get_app_configs()]
    for folder in sorted(folder for folder in folders if folder.parent == root):
        yield from sorted(folder.rglob("*.py"))


def _add(catalog: Catalog, place: Path, texts: Iterator[Text]) -> None:
    for text, context in texts:
        catalog.add(text, locations=[(str(place), 1)], context=context)


def _of_module(path: Path) -> Iterator[Text]:
    """By the syntax tree: Babel's own reader looks into f-strings under some Pythons only."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield from _of_call(node.func.id, [_constant(argument) for argument in node.args])


def _of_call(function: str, arguments: list[str]) -> Iterator[Text]:
    """What is no constant is no text: it was translated elsewhere."""
    match arguments:
        case [text, *_rest] if function in _SIMPLE and text:
            yield text, None
        case [singular, plural, *_rest] if function in _PLURAL and singular:
            yield (singular, plural), None
        case [context, text] if function in _TOLD_APART and text:
            yield text, context


def _constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _of_template(path: Path) -> Iterator[Text]:
    """Django leaves the calls alone of it, each here at the start of a line: indentation is code
    to Babel.
    """
    lines = templatize(path.read_text(), origin=str(path)).splitlines()
    source = BytesIO("\n".join(line.strip() for line in lines).encode())
    for _line, text, _comments, context in extract("python", source):
        yield text, context
