"""One number with its way: what it is made of, what it is held against, where it can be heard."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A moment of the talk: word `word` and what was said from there. `note` is its part in the
    number; `ms` is `None` where no time is known.
    """

    word: int
    quote: str
    ms: int | None
    clock: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """`title` says what they are and how many."""

    title: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Norm:
    """What the number is held against, and who says so."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Talk:
    """An earlier talk with its value."""

    title: str
    url: str
    value: str


@dataclass(frozen=True, slots=True)
class Way:
    """How a number is computed: lines with the talk's own operands, the last one its result.

    `uses` are the keys of the numbers it is computed from.
    """

    working: tuple[str, ...] = ()
    norm: Norm | None = None
    places: tuple[Places, ...] = ()
    uses: tuple[str, ...] = ()
    talks: tuple[Talk, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """To another number of the page."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """`key` is its anchor, `rule` how such a number is computed for any talk; `missing` says why
    there is none, and is empty where there is one. `uses` are the numbers it is computed from.
    """

    key: str
    label: str
    value: str
    rule: str
    way: Way
    missing: str = ""
    uses: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    entries: tuple[Entry, ...]
