"""Which answers were of any use, by the server's log."""

from __future__ import annotations

from tests.simulator import Asked

HARMLESS = {None, "slow_drip"}


def is_of_use(asked: Asked) -> bool:
    """Answered to the last byte, with what was asked for."""
    return asked.complete and asked.fault in HARMLESS
