"""What a request is to the machinery around it, and what is sent back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.openai_sim.faults import Fault, Kind
from tests.openai_sim.latency import Delay
from tests.openai_sim.prices import Usage


@dataclass(frozen=True, slots=True)
class Reply:
    """A body, or the events of a stream one by one."""

    body: bytes
    usage: Usage = field(default_factory=Usage)
    delay: Delay = field(default_factory=Delay)
    content_type: str = "application/json"
    events: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """`prompt` is what the prefix cache knows it by. `answer` gets the fault and the cached
    tokens.
    """

    kind: Kind
    purpose: str
    model: str
    answer: Callable[[Fault | None, int], Awaitable[Reply]]
    tokens: int = 0
    prompt: str = ""
    body: object = None
