"""A reading of the content: what is meant, how it is built, what is strong, what is not."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from tests.openai_sim.answers.brief import Data
from tests.openai_sim.answers.numbered import plain, read
from tests.openai_sim.answers.passages import Passage, passages, with_cue

MAIN_MESSAGE = (
    "The talk wants listeners to act on its topic now rather than to keep admiring it.",
    "The point is that a small, steady change in habits matters more than a grand plan.",
    "The speaker argues that the common way of doing this wastes what people already know.",
)
STRUCTURE = (
    "It opens with the topic, moves through its reasons in a sensible order and comes back to "
    "where it began.",
    "The thread is easy to follow, although the move from the problem to the answer comes "
    "without a signal.",
    "A clear beginning leads into a middle that wanders a little before the end pulls it together.",
)
STRENGTHS = (
    "The opening says early what listeners will get out of staying.",
    "A concrete scene makes the idea easy to picture.",
    "The words stay plain, so that nobody needs the background to follow.",
    "The closing returns to the main point instead of adding something new.",
    "The speaker shows a personal stake in the topic, which earns trust.",
    "The argument names what speaks against it and answers that fairly.",
)
CONCERN = (
    "The main claim rests on the speaker's word alone; some evidence would carry it further.",
    "Listeners are left to work out for themselves what to do after the talk.",
    "The reasons come close together, so that none of them gets the weight it deserves.",
)
CUES = {
    "main_message": frozenset({"believe", "point", "means", "important", "want", "should"}),
    "transition": frozenset({"next", "now", "then", "second", "finally", "however"}),
    "example": frozenset({"example", "instance", "imagine", "once", "when", "story"}),
}
MOST_POINTS = 4
SHORTEST_POINT = 5  # letters


def write(data: Data, choices: Random) -> dict[str, object]:
    words = read(str(data.get("words", "")))
    spoken = passages(words)
    parts = _parts(spoken, words)
    asked = read(str(data.get("prompt", "")))
    strengths = choices.sample(STRENGTHS, 3)
    return {
        "main_message": _remark(choices.choice(MAIN_MESSAGE), parts["main_message"]),
        "structure": _remark(choices.choice(STRUCTURE), spoken[0]),
        "parts": [{"part": part, **at.as_range()} for part, at in _in_order(parts)],
        "strengths": [_remark(text, choices.choice(spoken)) for text in strengths],
        "concern": _remark(choices.choice(CONCERN), choices.choice(spoken)),
        "points": _points(asked, spoken, words),
    }


def _parts(spoken: list[Passage], words: Mapping[int, str]) -> dict[str, Passage]:
    """Opening, main message and closing always; others where a word gives them away."""
    inner = spoken[1:-1]
    found = {part: with_cue(inner, words, cues) for part, cues in CUES.items()}
    found["opening"], found["closing"] = spoken[0], spoken[-1]
    found["main_message"] = found["main_message"] or spoken[len(spoken) // 2]
    return {part: at for part, at in found.items() if at is not None}


def _points(
    asked: Mapping[int, str], spoken: list[Passage], words: Mapping[int, str]
) -> list[dict[str, object]]:
    """The longest words of the prompt, each answered by the first passage that has the word."""
    named = sorted(asked, key=lambda at: (-len(plain(asked[at])), at))[:MOST_POINTS]
    return [
        {**Passage(at, at).as_range(), "answers": _answers(plain(asked[at]), spoken, words)}
        for at in sorted(at for at in named if len(plain(asked[at])) >= SHORTEST_POINT)
    ]


def _answers(word: str, spoken: list[Passage], words: Mapping[int, str]) -> list[dict[str, int]]:
    found = with_cue(spoken, words, frozenset({word}))
    return [found.as_range()] if found else []


def _in_order(parts: dict[str, Passage]) -> list[tuple[str, Passage]]:
    return sorted(parts.items(), key=lambda entry: entry[1].first)


def _remark(text: str, at: Passage) -> dict[str, object]:
    return {"text": text, **at.as_range()}
