"""A talk as a worker goes through it: work of its own, and rounds of calls side by side."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Call:
    """`seconds` from being allowed to the answer; `tokens` in and out, as a limit counts them."""

    seconds: float
    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """`own` seconds of the worker, then calls at the same time; it ends with the last of them."""

    own: float
    calls: tuple[Call, ...] = ()

    @property
    def seconds(self) -> float:
        return self.own + max((call.seconds for call in self.calls), default=0.0)


@dataclass(frozen=True, slots=True)
class Talk:
    rounds: tuple[Round, ...]

    @property
    def seconds(self) -> float:
        """Where nothing has to wait."""
        return sum(each.seconds for each in self.rounds)

    @property
    def calls(self) -> int:
        return sum(len(each.calls) for each in self.rounds)

    @property
    def tokens(self) -> int:
        return sum(call.tokens for each in self.rounds for call in each.calls)
