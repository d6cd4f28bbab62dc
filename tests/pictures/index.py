"""The list of the pictures, as a page beside them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

FILE = "README.md"
HEAD = """# Every page in pictures

Made by `make screenshots`, in an installation of its own with invented talks; what an AI says in
them, the simulated model server of the tests says. Do not edit.
"""
VIEWS = ("wide-light", "narrow-light", "wide-dark", "narrow-dark")
SHOWN = {"wide": 320, "narrow": 120}  # pixels in the list


def write(folder: Path) -> None:
    (folder / FILE).write_text(text([path.name for path in folder.glob("*.webp")]))


def text(files: list[str]) -> str:
    """`files` are called `<page>-<width>-<scheme>.webp`."""
    pages = defaultdict[str, dict[str, str]](dict)
    for file in sorted(files):
        page, width, scheme = file.removesuffix(".webp").rsplit("-", 2)
        pages[page][f"{width}-{scheme}"] = file
    return "\n".join([HEAD, *(_section(page, views) for page, views in pages.items())])


def _section(page: str, views: dict[str, str]) -> str:
    pictures = [_picture(page, view, views[view]) for view in VIEWS if view in views]
    return f"## {page}\n\n{' '.join(pictures)}\n"


def _picture(page: str, view: str, file: str) -> str:
    width = SHOWN[view.partition("-")[0]]
    return f'<a href="{file}"><img src="{file}" width="{width}" alt="{page}, {view}"></a>'
