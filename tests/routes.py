"""Every address of the project, as the resolver knows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern

PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
REST = "(?P<url>.*)$"
"""What the admin takes for all that it does not know."""


@dataclass(frozen=True, slots=True)
class Route:
    """`name` has its namespace in front; "" for the few of the admin without one. `template` is
    "" for patterns that are regular expressions; `places` are what either has to be told.
    """

    name: str
    namespace: str
    template: str
    places: tuple[str, ...] = ()

    def path(self, values: Mapping[str, object]) -> str:
        """The address with `values` in its places. Raises `KeyError` for one that is missing."""
        if self.template:
            return PLACE.sub(lambda place: str(values[place[1]]), self.template)
        return reverse(self.name, kwargs={place: values[place] for place in self.places})


def routes() -> list[Route]:
    return list(_below(get_resolver().url_patterns, "", "/"))


def _below(patterns: list[URLPattern | URLResolver], namespace: str, base: str) -> Iterator[Route]:
    for pattern in patterns:
        known = _template(base, pattern)
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, (namespace, pattern.namespace)))
            yield from _below(pattern.url_patterns, inner, known)
        else:
            name = ":".join(filter(None, (namespace, pattern.name))) if pattern.name else ""
            yield Route(name, namespace, known, tuple(pattern.pattern.regex.groupindex))


def _template(base: str, pattern: URLPattern | URLResolver) -> str:
    text = str(pattern.pattern)
    if base and text == REST:
        return f"{base}<path:url>"
    return base + text if base and isinstance(pattern.pattern, RoutePattern) else ""
