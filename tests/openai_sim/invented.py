"""Words for sound that nobody knows: as many as fit into it, with fillers here and there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from random import Random

from tests.openai_sim.sound import Sound, loud_stretches
from tests.openai_sim.transcripts import Word

WORDS_PER_SECOND = 2.5  # of sound
FILLERS = ("um,", "uh,", "like,", "you know,", "I mean,", "kinda")
CHANCE = 0.3  # of a filler in front of a sentence
SENTENCES = (
    "Good morning and thank you for coming to this talk.",
    "I want to tell you what changed the way we work.",
    "For years we kept every decision in long meetings.",
    "People left the room tired and nobody wrote anything down.",
    "Then a new colleague asked a simple question.",
    "What would happen if we wrote the decision first?",
    "So we tried it with a small team for a month.",
    "The first week was slow and a little awkward.",
    "After that the meetings became shorter and calmer.",
    "Here is an example from last spring.",
    "A customer needed an answer before the end of the day.",
    "Everybody could read why we had decided what we did.",
    "The answer was ready in an hour and it was right.",
    "Some of you will say that writing takes too much time.",
    "It takes less time than explaining the same thing again.",
    "It also helps the quiet people to be heard.",
    "Next we want to bring this to the other teams.",
    "My point is that clear writing is a kindness.",
    "Try it once with a decision that matters to you.",
    "Thank you for listening and I look forward to your questions.",
)


def words_for(sound: Sound, seed: int) -> tuple[Word, ...]:
    """The same for the same sound and seed. None where there is nothing to hear."""
    stretches = loud_stretches(sound)
    length_ms = sum(end - start for start, end in stretches)
    count = round(length_ms * WORDS_PER_SECOND / 1000)
    said = _said(Random(hashlib.blake2b(sound.tobytes() + str(seed).encode()).digest()))
    edges = [_at(stretches, length_ms * number / count) for number in range(count)]
    step = length_ms / count if count else 0
    return tuple(
        Word(next(said), round(start), round(min(start + step * 0.9, end))) for start, end in edges
    )


def _said(choices: Random) -> Iterator[str]:
    while True:
        if choices.random() < CHANCE:
            yield from choices.choice(FILLERS).split()
        yield from choices.choice(SENTENCES).split()


def _at(stretches: list[tuple[int, int]], elapsed_ms: float) -> tuple[float, float]:
    """The moment after so much sound, and the end of the stretch it is in."""
    for start, end in stretches:
        if elapsed_ms < end - start:
            return start + elapsed_ms, end
        elapsed_ms -= end - start
    return stretches[-1][1], stretches[-1][1]
