"""One thing a speaker could work on, and what it costs the talk."""

from __future__ import annotations

from dataclasses import dataclass

from sessions_app.coaching.figures import find_figures
from sessions_app.coaching.schemas import Evidence

_MARKUP = frozenset("{}|<>")


@dataclass(frozen=True, slots=True)
class Focus:
    """`advice` names an entry of the texts, `loss` is in points of a 0–100 score.

    `label` is what the texts may quote: the words as they were said, or the name of a filler.
    """

    topic: str
    advice: str
    loss: float
    evidence: tuple[Evidence, ...] = ()
    label: str = ""


def quotable(label: str) -> bool:
    """Whether a label may stand in a text: no figure, nothing that reads as a slot."""
    return bool(label) and not find_figures(label) and not _MARKUP & set(label)
