"""Tables in a page, between two marks, so that nobody types a figure."""

from __future__ import annotations

from pathlib import Path

BEGIN = "<!-- measured: from here to the next mark written by `python -m benchmarks --update` -->"
END = "<!-- end of what was measured -->"


def update(page: Path, tables: str, begin: str = BEGIN) -> None:
    """Raises `ValueError` for a page without the marks."""
    page.write_text(replaced(page.read_text(encoding="utf-8"), tables, begin), encoding="utf-8")


def replaced(text: str, tables: str, begin: str = BEGIN) -> str:
    """`begin`: the mark before the tables."""
    before, found, rest = text.partition(begin)
    _, end, after = rest.partition(END)
    if not found or not end:
        raise ValueError("the page has no marks for the tables")
    return f"{before}{begin}\n\n{tables}\n\n{END}{after}"
