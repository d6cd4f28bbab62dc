"""Finding sentences in numbered words, and places that cue words give away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.openai_sim.answers.numbered import plain

LONGEST = 30  # words; where there are no marks a passage ends here


@dataclass(frozen=True, slots=True)
class Passage:
    """Words `first` to `last`, both included."""

    first: int
    last: int

    def as_range(self) -> dict[str, int]:
        return {"first": self.first, "last": self.last}


def passages(words: Mapping[int, str]) -> list[Passage]:
    """Sentence by sentence, at least one."""
    found: list[Passage] = []
    first: int | None = None
    for number, word in words.items():
        first = number if first is None else first
        if word.split()[0].endswith((".", "!", "?")) or number - first + 1 >= LONGEST:
            found.append(Passage(first, number))
            first = None
    if first is not None:
        found.append(Passage(first, max(words)))
    return found or [Passage(0, 0)]


def with_cue(
    all_passages: Iterable[Passage], words: Mapping[int, str], cues: frozenset[str]
) -> Passage | None:
    """The first passage in which one of the words is said."""
    for passage in all_passages:
        said = {plain(words[at]) for at in range(passage.first, passage.last + 1) if at in words}
        if said & cues:
            return passage
    return None
