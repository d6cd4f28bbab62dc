from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.document import BEGIN, END, replaced, update

DOCS = Path(__file__).parents[2] / "docs"
PAGE = f"# A page\n\n{BEGIN}\n\nold\n\n{END}\n\nMore.\n"


def test_what_stands_between_the_marks_is_replaced() -> None:
    text = replaced(PAGE, "| new |")
    assert text == f"# A page\n\n{BEGIN}\n\n| new |\n\n{END}\n\nMore.\n"
    assert replaced(text, "| new |") == text


@pytest.mark.parametrize("page", ["", BEGIN, END, f"{END}{BEGIN}"])
def test_a_page_without_marks_is_left_alone(tmp_path: Path, page: str) -> None:
    file = tmp_path / "page.md"
    file.write_text(page)
    with pytest.raises(ValueError, match="no marks"):
        update(file, "| new |")
    assert file.read_text() == page


def test_our_page_has_the_marks() -> None:
    assert replaced((DOCS / "performance.md").read_text(), "")
