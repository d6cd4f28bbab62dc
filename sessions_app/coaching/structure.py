"""Points for how a talk is built, from the parts a content review found in it."""

from __future__ import annotations

from sessions_app.coaching.schemas import ContentReview, PartFound, StructurePart

POINTS = {
    StructurePart.OPENING: 25,
    StructurePart.MAIN_MESSAGE: 25,
    StructurePart.CLOSING: 25,
    StructurePart.TRANSITION: 15,
    StructurePart.EXAMPLE: 10,
}
"""A choice of ours: what a listener needs at least, then what helps to follow."""

EDGE = 0.2
"""Share of the words at either end of a talk in which it can open and close."""

KINDS = frozenset({"presentation", "pitch"})
"""An answer in an interview, or free practice, owes nobody an opening."""


def structure_points(review: ContentReview, words: int, kind: str) -> int | None:
    """0–100: the reviewer says where a part is, and the points for it stand here."""
    if kind not in KINDS:
        return None
    return sum(POINTS[part] for part in {each.part for each in fitting(review, words)})


def fitting(review: ContentReview, words: int) -> tuple[PartFound, ...]:
    """The parts found where such a part can stand."""
    return tuple(each for each in review.parts if _fits(each, words))


def _fits(found: PartFound, words: int) -> bool:
    if found.part is StructurePart.OPENING:
        return found.evidence.start_word < EDGE * words
    if found.part is StructurePart.CLOSING:
        return found.evidence.end_word > (1 - EDGE) * words
    return True
