"""The colours of `tokens.css`, readable in pairs, in the light and in the dark: WCAG 2.2, level AA.

Pairs are read from the style sheets: a rule that names both its colour and its ground is held to
what it says, a colour alone to every ground that text of its kind stands on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[1] / "static" / "css"
TEXT, GRAPHIC = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
GROUNDS = ("paper", "surface")
SHADES = ("sunken", "accent-soft", "warn-soft", "danger-soft")
"""Boxes inside of cards: running text, what is muted, and links."""
MARKS = ("amber", "blue", "violet", "rose", "slate", "good")
"""Dots, bars and lines that carry meaning beside a word."""
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
TOKEN = r"var\(--([\w-]+)\)"

Colours = dict[str, str]


def style(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (STYLES / name).read_text(), flags=re.DOTALL)


def schemes() -> dict[str, Colours]:
    """Every token with a colour, as `#rrggbb`; the dark ones in the place of the light ones."""
    light, dark = style("tokens.css").split("@media", 1)
    colours = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", light))
    return {
        "light": colours,
        "dark": colours | dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", dark)),
    }


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2, from 0 to 1."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def rules() -> Iterator[tuple[str, str | None, str | None]]:
    """What is selected, the token of its colour and that of its ground."""
    for path in sorted(STYLES.glob("*.css")):
        for selector, body in RULE.findall(style(path.name)):
            colour = re.search(rf"(?<![\w-])color:\s*{TOKEN}", body)
            ground = re.search(rf"(?<![\w-])background(?:-color)?:\s*{TOKEN}", body)
            yield selector.strip(), colour and colour[1], ground and ground[1]


def pairs() -> Iterator[tuple[str, str, float]]:
    for _selector, colour, ground in rules():
        if colour and ground:
            yield colour, ground, TEXT
        elif colour and colour != "on-accent":
            yield from ((colour, each, TEXT) for each in GROUNDS)
    for shade in SHADES:
        yield from ((ink, shade, TEXT) for ink in ("ink", "muted", "accent"))
    yield from ((mark, "surface", GRAPHIC) for mark in MARKS)
    yield from (("accent", ground, GRAPHIC) for ground in GROUNDS)  # the ring around the focus


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_of_colours_can_be_read(scheme: str) -> None:
    colours = schemes()[scheme]
    known = {pair for pair in pairs() if pair[0] in colours and pair[1] in colours}
    assert len(known) >= 40
    too_faint = [
        f"{one} on {other}: {contrast(colours[one], colours[other]):.2f} of {wanted}"
        for one, other, wanted in sorted(known)
        if contrast(colours[one], colours[other]) < wanted
    ]
    assert too_faint == []


def test_each_colour_of_the_light_has_its_own_in_the_dark() -> None:
    dark = style("tokens.css").split("@media", 1)[1]
    assert {name for name in schemes()["light"] if f"--{name}:" not in dark} == set()


def test_every_token_that_is_used_exists() -> None:
    sheets = {path.name: style(path.name) for path in STYLES.glob("*.css")}
    shared = set(re.findall(r"--([\w-]+):", sheets["tokens.css"]))
    missing = {
        f"{name}: --{token}"
        for name, sheet in sheets.items()
        for token in re.findall(r"var\(--([\w-]+)", sheet)
        if token not in shared | set(re.findall(r"--([\w-]+):", sheet))
    }
    assert missing == set()


def test_colours_are_named_in_one_place() -> None:
    own = {
        f"{path.name}: {colour}"
        for path in STYLES.glob("*.css")
        if path.name != "tokens.css"
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*\})", style(path.name))
        if colour not in {"#000", "#fff"}  # paper in the printer, and behind a video
    }
    assert own == set()
