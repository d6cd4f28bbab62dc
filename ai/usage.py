"""What an attempt consumed, as far as anybody knows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """`None` is unknown. `tokens_in` includes the cached ones and those of audio."""

    tokens_in: int | None = None
    tokens_cached: int | None = None
    tokens_out: int | None = None
    audio_tokens: int | None = None
    audio_seconds: float | None = None

    @property
    def is_known(self) -> bool:
        return self.tokens_in is not None and self.tokens_out is not None

    @property
    def tokens(self) -> int:
        """All that is known of, for a budget."""
        return (self.tokens_in or 0) + (self.tokens_out or 0)
