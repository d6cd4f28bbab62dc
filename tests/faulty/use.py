"""How much of what a server allows in a minute is used by several processes, and is it passed?"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from django.conf import settings

from tests import simulator as model_server
from tests.chaos.check import Check
from tests.environment import REDIS_URL
from tests.faulty.plan import Plan
from tests.faulty.workers import forget_everything
from tests.simulator import Asked, Simulator

PROCESSES = 4
REQUESTS, TOKENS = 240, 400_000  # in a minute
SECONDS = 135.0  # the beginning, and two minutes after it
WINDOW = 60.0
LEAST = 0.9


def use(_: Plan) -> list[Check]:
    """In real minutes: the minute is the server's, and is not made shorter."""
    forget_everything()
    by_requests, by_tokens = (
        model_server.start("--profile", "token", "--time-scale", "0.2", bound, str(limit))
        for bound, limit in (("--rpm", REQUESTS), ("--tpm", TOKENS))
    )
    try:
        askers = [_asking(by_requests, REQUESTS, 0) for _ in range(PROCESSES)]
        askers += [_asking(by_tokens, 0, TOKENS) for _ in range(PROCESSES)]
        ended = [asker.wait(timeout=4 * SECONDS) for asker in askers]
        assert not any(ended), ended
        requests = [(asked.start, 1) for asked in by_requests.log()]
        tokens = [use for asked in by_tokens.log() for use in _tokens(asked)]
        return [
            *_checks("requests", requests, REQUESTS, _refused(by_requests)),
            *_checks("tokens", tokens, TOKENS, _refused(by_tokens)),
        ]
    finally:
        by_requests.stop()
        by_tokens.stop()


def busiest(uses: Sequence[tuple[float, int]], seconds: float = WINDOW) -> int:
    """The most units, each at its moment, that any stretch of so many seconds holds."""
    ordered, first, held, most = sorted(uses), 0, 0, 0
    for moment, units in ordered:
        held += units
        while ordered[first][0] <= moment - seconds:
            held -= ordered[first][1]
            first += 1
        most = max(most, held)
    return most


def quietest(uses: Sequence[tuple[float, int]], seconds: float = WINDOW) -> int:
    """The least units that any stretch of so many seconds holds, between the first and the last."""
    ordered = sorted(uses)
    last = ordered[-1][0]
    return min(
        sum(units for moment, units in ordered if begin < moment <= begin + seconds)
        for begin, _ in ordered
        if begin + seconds <= last
    )


def _checks(what: str, uses: Sequence[tuple[float, int]], limit: int, refused: int) -> list[Check]:
    most = busiest(uses)
    share = quietest(uses) / limit
    return [
        Check(
            f"most {what} of {PROCESSES} processes in any minute",
            f"{most} ({refused} refused)",
            f"≤ {limit}, none refused",
            most <= limit and not refused,
        ),
        Check(
            f"{what} used under load, in the quietest minute",
            f"{share:.1%}",
            f"≥ {LEAST:.0%}",
            share >= LEAST,
        ),
    ]


def _tokens(asked: Asked) -> list[tuple[float, int]]:
    """As the server counts: input when it comes, output when it is made."""
    return [(asked.start, asked.tokens_in), (asked.end or asked.start, asked.tokens_out)]


def _refused(server: Simulator) -> int:
    return sum(asked.fault == "over_budget" for asked in server.log())


def _asking(server: Simulator, requests: int, tokens: int) -> subprocess.Popen[bytes]:
    bounds = [str(requests), str(tokens), str(SECONDS)]
    command = [sys.executable, "-m", "tests.acceptance.asking", server.url, REDIS_URL, *bounds]
    return subprocess.Popen(command, cwd=settings.BASE_DIR)
