"""Time made shorter: every wait of the product by the same factor as those of the simulator.

What a computer needs to compute stays as long as it is, and so do leases and heartbeats.
"""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings

from ai import attempts, retry
from ai.breaker import Breaker
from sessions_app.actions import waiting
from sessions_app.stages import hearing

SETTINGS: Final = (
    "AI_ATTEMPT_SECONDS",
    "PARALLEL_SECONDS",
    "REGENERATION_SECONDS",
    "SEQUENTIAL_SECONDS",
    "MODEL_WAIT_SECONDS",
    "MODEL_RETRY_SECONDS",
)
CONSTANTS: Final[tuple[tuple[Any, str], ...]] = (
    (attempts, "LONGEST_PAUSE"),
    (retry, "FIRST_BACKOFF_SECONDS"),
    (retry, "MAX_BACKOFF_SECONDS"),
    (waiting, "LONGEST_PAUSE"),
    (waiting, "SHORTEST_PAUSE"),
    (hearing, "PIECE_SECONDS"),
    (hearing, "_TURN_SECONDS"),
)


def hurry(factor: float) -> None:
    """For this process and those that it forks, from now on."""
    for name in SETTINGS:
        setattr(settings, name, getattr(settings, name) * factor)
    for module, name in CONSTANTS:
        setattr(module, name, getattr(module, name) * factor)
    defaults: Any = Breaker.__init__.__kwdefaults__
    defaults["open_seconds"] *= factor
