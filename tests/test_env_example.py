"""`.env.example` is the list of settings: complete, with the defaults that really apply."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator

from django.conf import settings

EXAMPLE = settings.BASE_DIR / ".env.example"
SOURCES = ("speechcoach/settings.py", "speechcoach/env.py")
READERS = {"str", "int", "bool", "list", "email", "float", "json"}


def read_settings() -> Iterator[tuple[str, str]]:
    """Name and default, as one would write it, of every `env.<reader>(name, default=…)`."""
    for source in SOURCES:
        for node in ast.walk(ast.parse((settings.BASE_DIR / source).read_text())):
            if isinstance(node, ast.Call) and is_reading(node.func):
                name = ast.literal_eval(node.args[0])
                (default,) = (word.value for word in node.keywords if word.arg == "default")
                yield name, written(eval(compile(ast.Expression(default), source, "eval")))


def is_reading(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "env"
        and function.attr in READERS
    )


def written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return json.dumps(value)
    return ",".join(value) if isinstance(value, list) else str(value)


def listed() -> list[tuple[str, str, str]]:
    """Meaning, name and default of every setting in the example."""
    return re.findall(r"^# (.+)\n#([A-Z0-9_]+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE)


def test_lists_every_setting_with_its_default() -> None:
    assert {name: default for _, name, default in listed()} == dict(read_settings())


def test_lists_nothing_twice_and_nothing_unexplained() -> None:
    names = re.findall(r"^#?([A-Z0-9_]+)=", EXAMPLE.read_text(), re.MULTILINE)
    assert names == [name for _, name, _ in listed()]
    assert len(names) == len(set(names))


def test_a_plain_copy_changes_nothing() -> None:
    lines = EXAMPLE.read_text().splitlines()
    assert all(not line or line.startswith("#") for line in lines)
