"""The prompt cache: beginnings of earlier prompts, by model.

A prompt is known from when its first use has finished, in steps of 128 tokens, and beginnings
shorter than 1,024 tokens are never known, as the real API documents it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from tests.openai_sim.tokens import CHARACTERS

STEP = 128
SHORTEST = 1024


class Prefixes:
    def __init__(self) -> None:
        self._known: set[tuple[str, bytes]] = set()

    def cached(self, model: str, prompt: str) -> int:
        """Tokens at the beginning of `prompt` that need not be read again."""
        longest = 0
        for tokens, digest in _beginnings(prompt):
            if (model, digest) not in self._known:
                break
            longest = tokens
        return longest if longest >= SHORTEST else 0

    def learn(self, model: str, prompt: str) -> None:
        self._known.update((model, digest) for _, digest in _beginnings(prompt))


def _beginnings(prompt: str) -> Iterator[tuple[int, bytes]]:
    """Each whole step with a digest of everything up to there."""
    running = hashlib.blake2b(digest_size=16)
    size = STEP * CHARACTERS
    for number in range(len(prompt) // size):
        running.update(prompt[number * size : (number + 1) * size].encode())
        yield (number + 1) * STEP, running.digest()
