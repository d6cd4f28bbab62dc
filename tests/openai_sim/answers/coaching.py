"""Coaching from findings: what to work on, with evidence, exercises, a goal and a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from tests.openai_sim.answers.advice import ADVICE, ANYTHING, Advice, Said
from tests.openai_sim.answers.brief import Data

MOST_AREAS = 3
LONGEST = 35  # words that are pointed at
SUMMARIES: tuple[Said, ...] = (
    (
        ("fillers_total", "pace_wpm"),
        "Your message is worth hearing. At {pace_wpm} words per minute and with "
        "{fillers_total|filler|fillers} the delivery decides how much of it arrives.",
    ),
    (
        ("pace_wpm",),
        "You carry your listeners along at {pace_wpm} words per minute. More calm at the turning "
        "points would let them keep more.",
    ),
    ((), "Your talk has a clear intention. A calmer delivery would let more of it arrive."),
)
STRENGTHS = (
    "You speak directly to the people in front of you.",
    "Your sentences stay short enough to follow by ear.",
    "You keep going when a word fails you, and nobody loses the thread.",
    "Your closing returns to what you set out to say.",
    "The examples come from your own experience and sound like it.",
)
GOALS = (
    "Bring this measure a step closer to where listeners stop noticing it.",
    "Work on this one measure until the next talk, and leave the others alone.",
)
STEPS = (
    ("Record a short practice talk and listen to it the same evening.", 10, 2),
    ("Do the exercise of your most important area before you rehearse.", 5, 3),
    ("Speak your opening aloud, standing, without notes.", 5, 4),
    ("Give the talk to somebody who does not know the topic.", 15, 1),
)
ACKNOWLEDGEMENTS = (
    "You listened back to yourself, which is the hardest part of getting better.",
    "There is steady work behind this talk, and it shows in how you hold your thread.",
)
FIGURES = (" You improved by 12 percent.", " Try it three times.", " That is {fillers_last_week}.")


def write(data: Data, choices: Random) -> dict[str, object]:
    slots = {str(slot) for slot in data.get("slots", ())}
    topics = list(data.get("topics") or ADVICE)  # what matters most comes first
    return {
        "summary": _said(SUMMARIES, slots, choices),
        "strengths": choices.sample(STRENGTHS, 2),
        "focus_areas": [_area(str(topic), data, slots, choices) for topic in topics[:MOST_AREAS]],
        "goal": _goal(data, choices),
        "plan": [
            {"text": text, "minutes": minutes, "times_per_week": times}
            for text, minutes, times in choices.sample(STEPS, 2)
        ],
        "acknowledgement": choices.choice(ACKNOWLEDGEMENTS),
    }


def with_figures(answer: Any, choices: Random) -> Any:
    """As `answer`, breaking the rule that coaching carries no figures of its own."""
    return {**answer, "summary": answer["summary"] + choices.choice(FIGURES)}


def _showing(topic: str, data: Data) -> Iterator[Mapping[str, Any]]:
    kinds = ADVICE.get(topic, ANYTHING).kinds
    return (each for each in data.get("findings", ()) if each.get("kind") in kinds)


def _area(topic: str, data: Data, slots: set[str], choices: Random) -> dict[str, object]:
    advice = ADVICE.get(topic, ANYTHING)
    first, last = choices.choice(_places(topic, data))[:2]
    return {
        "topic": topic,
        "title": advice.title,
        "what": _what(advice, topic, data, slots, choices),
        "why": choices.choice(advice.why),
        "exercise": choices.choice(advice.exercise),
        "minutes": advice.minutes,
        "first": first,
        "last": min(last, first + LONGEST - 1),
    }


def _what(advice: Advice, topic: str, data: Data, slots: set[str], choices: Random) -> str:
    """With the word itself where its own count is offered."""
    labels = [str(each.get("label")) for each in _showing(topic, data)]
    counted = [label for label in labels if f"filler:{label}" in slots]
    what = _said(advice.what, slots, choices)
    if not counted:
        return what
    slot = f"filler:{counted[0]}"
    return f"{what} The word “{counted[0]}” came {{{slot}|time|times}}."


def _places(topic: str, data: Data) -> list[Sequence[int]]:
    """Ranges of words to point at; excerpts where no finding of the topic has one."""
    own = [place for each in _showing(topic, data) for place in each.get("at", ())]
    return own or list(data.get("excerpts", ())) or [(0, 0)]


def _goal(data: Data, choices: Random) -> dict[str, str] | None:
    goals = data.get("goals", ())
    return {"metric": goals[0], "text": choices.choice(GOALS)} if goals else None


def _said(sentences: Sequence[Said], slots: set[str], choices: Random) -> str:
    """One of those whose slots are offered; one without slots only where it has to be."""
    possible = [(needed, text) for needed, text in sentences if slots.issuperset(needed)]
    natural = [text for needed, text in possible if needed]
    return choices.choice(natural or [text for _, text in possible])
