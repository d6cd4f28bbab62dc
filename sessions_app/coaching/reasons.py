"""The few words a second reader gives for a verdict."""

from __future__ import annotations

from sessions_app.coaching.faults import plain
from sessions_app.coaching.figures import find_figures

LONGEST = 90
"""Characters; asked for are a few words."""

_MARKUP = frozenset("{}|<>")


def shown(reason: str, language: str) -> str:
    """The reason where it may be shown; empty where it has figures or markup or goes on and on."""
    text = plain(reason)
    fits = len(text) <= LONGEST and not _MARKUP & set(text)
    return text if fits and not find_figures(text, language) else ""
