"""The content review as the model wrote it, made fit to be shown."""

from __future__ import annotations

from dataclasses import dataclass

from sessions_app.coaching.answers import PartAnswer, RemarkAnswer, ReviewAnswer
from sessions_app.coaching.faults import House, faults, kept
from sessions_app.coaching.ground import Ground
from sessions_app.coaching.points import pointed
from sessions_app.coaching.schemas import ContentReview, Evidence, PartFound, Remark

MOST_STRENGTHS = 3


@dataclass(frozen=True, slots=True)
class Reviewed:
    """`review` is `None` where main message or structure did not survive. `unresolved` pointers
    led to no words; `violations` are what to tell the writer."""

    review: ContentReview | None
    unresolved: int
    violations: tuple[str, ...]


def reviewed(answer: ReviewAnswer, ground: Ground) -> Reviewed:
    """Remarks need words to point at and something to say without figures; others are dropped."""
    house = House(ground.language)
    named = _remarks(answer)
    remarks = {name: _remark(remark, ground, house) for name, remark in named.items()}
    message, structure = remarks["main_message"], remarks["structure"]
    parts = tuple(found for part in answer.parts if (found := _part(part, ground)) is not None)
    on_prompt = pointed(answer.points, ground)
    review = None
    if message is not None and structure is not None:
        praised = [remark for name, remark in remarks.items() if name.startswith("strengths")]
        strengths = tuple(remark for remark in praised if remark is not None)[:MOST_STRENGTHS]
        concern = remarks.get("concern")
        review = ContentReview(
            ground.language, message, structure, parts, strengths, concern, on_prompt.points
        )
    pointers = [(each.first, each.last) for each in named.values()]
    pointers += [(each.first, each.last) for each in answer.parts]
    lost = sum(not ground.resolves(*pointer) for pointer in pointers)
    return Reviewed(review, lost + on_prompt.unresolved, _violations(named, ground, house))


def _remarks(answer: ReviewAnswer) -> dict[str, RemarkAnswer]:
    remarks = {"main_message": answer.main_message, "structure": answer.structure}
    remarks |= {f"strengths[{at}]": each for at, each in enumerate(answer.strengths)}
    return remarks | ({"concern": answer.concern} if answer.concern else {})


def _remark(remark: RemarkAnswer, ground: Ground, house: House) -> Remark | None:
    text = kept(remark.text, house)
    if not text or not ground.resolves(remark.first, remark.last):
        return None
    return Remark(text, (Evidence(remark.first, remark.last + 1),))


def _part(part: PartAnswer, ground: Ground) -> PartFound | None:
    if not ground.resolves(part.first, part.last):
        return None
    return PartFound(part.part, Evidence(part.first, part.last + 1))


def _violations(remarks: dict[str, RemarkAnswer], ground: Ground, house: House) -> tuple[str, ...]:
    wrong = [
        f"{name}: {fault}" for name, each in remarks.items() for fault in faults(each.text, house)
    ]
    wrong += [
        f"{name}: words {each.first} to {each.last} do not exist"
        for name, each in remarks.items()
        if not ground.resolves(each.first, each.last)
    ]
    return tuple(wrong)
