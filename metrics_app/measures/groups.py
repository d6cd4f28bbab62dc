"""The same figures by several fields, from what was read once by all of them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

Key = tuple[Any, ...]
Part = TypeVar("Part")


def fields(by: Iterable[str]) -> tuple[str, ...]:
    """What has to be read to tell groups apart `by` each of these; the empty one needs nothing."""
    return tuple(dict.fromkeys(name for name in by if name))


def grouped(
    parts: Iterable[tuple[Key, Part]], fields: Sequence[str], by: str
) -> dict[Any, list[Part]]:
    """Parts whose keys are the values of `fields`, by that of one of them, in its order; all under
    "" where `by` is empty, and that is there without a part too.
    """
    if not by:
        return {"": [part for _key, part in parts]}
    place = fields.index(by)
    found: dict[Any, list[Part]] = defaultdict(list)
    for key, part in parts:
        found[key[place]].append(part)
    return {group: found[group] for group in sorted(found)}
