"""What can go wrong with a server, and which request it hits."""

from __future__ import annotations

import random
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping
from enum import StrEnum


class Kind(StrEnum):
    """What a request asks for."""

    CHAT = "chat"
    TRANSCRIPTION = "transcription"
    EMBEDDINGS = "embeddings"
    MODELS = "models"


class Fault(StrEnum):
    RATE_LIMITED = "429"
    SERVER_ERROR = "500"
    OVERLOADED = "503"
    QUOTA = "quota"
    FILTER_400 = "filter_400"  # as Azure says it
    CONTEXT_TOO_LONG = "context_too_long"
    RESET = "reset"
    STALL = "stall"
    SLOW_DRIP = "slow_drip"
    EMPTY = "empty"
    WRONG_SCHEMA = "wrong_schema"
    TRUNCATED_JSON = "truncated_json"
    LENGTH = "length"
    REFUSAL = "refusal"
    CONTENT_FILTER = "content_filter"


ANY_KIND = frozenset(
    {Fault.RATE_LIMITED, Fault.SERVER_ERROR, Fault.OVERLOADED, Fault.QUOTA}
    | {Fault.RESET, Fault.STALL, Fault.SLOW_DRIP}
)
WITH_CONTENT = ANY_KIND | {Fault.EMPTY, Fault.WRONG_SCHEMA}
POSSIBLE = {
    Kind.CHAT: frozenset(Fault),
    Kind.TRANSCRIPTION: WITH_CONTENT,
    Kind.EMBEDDINGS: WITH_CONTENT,
    Kind.MODELS: ANY_KIND,
}

ANY_PURPOSE = "*"
NO_FAULT = "ok"


class Faults:
    """By chance, from a seed; and first of all those that were ordered for certain requests.

    `by_question`: chance goes by what is asked and how often it has been asked before, whatever
    else is asked meanwhile, so that several clients at once meet the same faults every time.
    """

    def __init__(
        self, rates: Mapping[Fault, float], seed: int, *, by_question: bool = False
    ) -> None:
        self._seed = seed
        self._random = random.Random(seed)
        self._by_question = by_question
        self._times_asked: Counter[str] = Counter()
        self.rates = dict(rates)
        self._next: dict[str, deque[Fault | None]] = defaultdict(deque)

    def take(self, kind: Kind, purpose: str, question: str = "") -> Fault | None:
        """The fault of the next request. Ordered ones are used up even where they cannot be."""
        for ordered in (self._next[purpose], self._next[ANY_PURPOSE]):
            if ordered:
                return _possible(ordered.popleft(), kind)
        if kind is Kind.MODELS:
            return None
        return _possible(self._by_chance(self._draw(question)), kind)

    def order(self, purpose: str, kinds: Iterable[str]) -> None:
        """Raises `ValueError` for a kind that does not exist."""
        self._next[purpose].extend([None if kind == NO_FAULT else Fault(kind) for kind in kinds])

    def clear(self, rates: Mapping[Fault, float]) -> None:
        self.rates = dict(rates)
        self._next.clear()
        self._times_asked.clear()

    def shown(self) -> dict[str, object]:
        waiting = {
            purpose: [NO_FAULT if fault is None else fault.value for fault in ordered]
            for purpose, ordered in self._next.items()
            if ordered
        }
        return {"rates": {kind.value: rate for kind, rate in self.rates.items()}, "next": waiting}

    def _draw(self, question: str) -> float:
        if not self._by_question:
            return self._random.random()
        self._times_asked[question] += 1
        times = self._times_asked[question]
        return random.Random(f"{self._seed} {question} {times}").random()

    def _by_chance(self, draw: float) -> Fault | None:
        for kind, rate in self.rates.items():
            draw -= rate
            if draw < 0:
                return kind
        return None


def _possible(fault: Fault | None, kind: Kind) -> Fault | None:
    return fault if fault in POSSIBLE[kind] else None
