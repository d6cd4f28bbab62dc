"""The words of a transcript as the engine says them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sessions_app.recognition.spoken import spoken


@dataclass(frozen=True, slots=True)
class SpokenText:
    """Tokens are lower-case English words; `owners[i]` is the written word token `i` is part of."""

    tokens: tuple[str, ...]
    owners: tuple[int, ...]

    def first_token_of(self, word: int) -> int:
        """Index of the first token that belongs to `word` or to one after it."""
        low, high = 0, len(self.owners)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.owners[middle] < word else (low, middle)
        return low


def speak(words: Sequence[str]) -> SpokenText:
    pairs = [(token, index) for index, word in enumerate(words) for token in spoken(word)]
    return SpokenText(tuple(token for token, _ in pairs), tuple(index for _, index in pairs))
