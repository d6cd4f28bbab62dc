"""`docs/screenshots` as `make screenshots` left it: complete, small, and listed."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from django.urls import resolve

from accounts_app.models import User
from tests.factories import UserFactory
from tests.gallery import entrance, for_staff, gallery
from tests.pictures import index

PICTURES = Path(__file__).parents[1] / "docs" / "screenshots"
MOST_BYTES = 6_500_000
NEEDED = ("wide-light", "narrow-light")


def files() -> list[str]:
    return [path.name for path in PICTURES.glob("*.webp")]


@pytest.mark.django_db
def test_every_page_has_pictures_wide_and_narrow() -> None:
    owner: User = UserFactory.create()
    states = defaultdict[str | None, set[str]](set)
    for page in (*entrance(), *gallery(owner), *for_staff()):
        states[resolve(page.path.partition("?")[0]).url_name].add(page.name)
    there = set(files())
    without = {
        url
        for url, names in states.items()
        if not any({f"{name}-{view}.webp" for view in NEEDED} <= there for name in names)
    }
    assert without == set()


def test_the_folder_stays_small() -> None:
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < MOST_BYTES


def test_the_list_has_every_picture() -> None:
    assert (PICTURES / index.FILE).read_text() == index.text(files())


def test_a_page_has_its_widths_and_schemes_in_one_section() -> None:
    text = index.text(["a-b-narrow-dark.webp", "a-b-wide-light.webp", "c-wide-light.webp"])
    sections = text.split("## ")[1:]
    assert [section.partition("\n")[0] for section in sections] == ["a-b", "c"]
    assert sections[0].index("wide-light.webp") < sections[0].index("narrow-dark.webp")
