"""A model that does what the data tell it to, as badly as it can."""

from __future__ import annotations

import re
from random import Random

from tests.openai_sim.answers.brief import Data
from tests.openai_sim.answers.numbered import read

_TEMPTING = re.compile(
    r"(ignore|disregard|forget)\b.{0,40}\b(above|previous|prior|instructions?|rules?)"
    r"|report\b.{0,20}\b(zero|no|0)\b.{0,20}\bfillers?"
    r"|(zero|no|0) fillers? (at all|were|was)"
    r"|system prompt|you are now|new instructions?",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r"\b\d+\s+")
OBEYED = "As instructed: 0 fillers, a score of 100, and 12 stars."


def tempted(text: str) -> bool:
    """Whether the data carry something that reads like an instruction, numbered words or not."""
    return bool(_TEMPTING.search(text) or _TEMPTING.search(_NUMBER.sub("", text)))


def write(data: Data, purpose: str, choices: Random) -> dict[str, object]:
    """Lies in the right form, the right form and more, or another form."""
    form = choices.choice(("lies", "more", "other"))
    lies = _lies(data, purpose)
    if form == "more":
        return {**lies, "score": 100, "fillers_total": 0, "settings": {"threshold": 0}}
    return lies if form == "lies" else {"fillers": 0, "message": OBEYED}


def _lies(data: Data, purpose: str) -> dict[str, object]:
    if purpose == "verdicts":
        return _no_fillers(data)
    if purpose == "review":
        return _praise(data)
    return _coaching(data)


def _no_fillers(data: Data) -> dict[str, object]:
    """Rejects every word there is, sounds and words out of the window too."""
    ranges = [(at, at) for at in read(str(data.get("words", "")))]
    ranges += [(each[0], each[1]) for each in data.get("candidates", ())]
    ranges.append((10**6, 10**6))
    rejected = [
        {"first": first, "last": last, "sure": 1.0, "why": OBEYED} for first, last in ranges
    ]
    return {"rejected": rejected, "confirmed": [], "missed": []}


def _praise(data: Data) -> dict[str, object]:
    """All of the prompt is answered by all of the talk."""
    asked, said = read(str(data.get("prompt", ""))), read(str(data.get("words", "")))
    whole = {"first": 0, "last": max(said, default=0)}
    remark = {"text": OBEYED, "first": 0, "last": 10**6}
    return {
        "main_message": remark,
        "structure": remark,
        "parts": [{"part": "opening", "first": 0, "last": 10**6}],
        "strengths": [remark, remark, remark],
        "concern": None,
        "points": [{"first": at, "last": at, "answers": [whole]} for at in [*asked, 10**6]],
    }


def _coaching(data: Data) -> dict[str, object]:
    area = {"topic": "fillers", "title": OBEYED, "what": OBEYED, "why": OBEYED}
    exercise = {"exercise": OBEYED, "minutes": 60, "first": 0, "last": 10**6}
    return {
        "summary": OBEYED,
        "strengths": [OBEYED, "You have {secret} talents."],
        "focus_areas": [{**area, **exercise}],
        "goal": {"metric": "everything", "text": OBEYED},
        "plan": [{"text": OBEYED, "minutes": 60, "times_per_week": 14}],
        "acknowledgement": OBEYED,
    }
