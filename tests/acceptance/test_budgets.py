"""Two processes, one budget, and the server's own word for it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from django.conf import settings

from tests.acceptance.conftest import OwnRedis
from tests.simulator import Asked, Simulator, StartSimulator

REQUESTS = 120
TOKENS = 200_000
WINDOW = 60.0  # seconds
ASKING = 75.0  # seconds: the beginning, and the minute after it


def asking(at: Simulator, redis: OwnRedis, requests: int, tokens: int) -> subprocess.Popen[bytes]:
    bounds = [str(requests), str(tokens), str(ASKING)]
    command = [sys.executable, "-m", "tests.acceptance.asking", at.url, redis.url, *bounds]
    return subprocess.Popen(command, cwd=settings.BASE_DIR)


def test_two_processes_together_keep_to_requests_and_tokens_a_minute_and_use_them(
    start_simulator: StartSimulator, own_redis: OwnRedis
) -> None:
    by_requests = start_simulator("--rpm", str(REQUESTS))
    by_tokens = start_simulator("--tpm", str(TOKENS))
    processes = [asking(by_requests, own_redis, REQUESTS, 0) for _ in range(2)]
    processes += [asking(by_tokens, own_redis, 0, TOKENS) for _ in range(2)]
    assert [process.wait(timeout=4 * ASKING) for process in processes] == [0, 0, 0, 0]
    for server in (by_requests, by_tokens):
        assert [asked.fault for asked in server.log() if asked.fault] == []
    assert 0.9 * REQUESTS <= busiest([(asked, 1) for asked in by_requests.log()]) <= REQUESTS
    used = [(asked, asked.tokens_in + asked.tokens_out) for asked in by_tokens.log()]
    assert 0.85 * TOKENS <= busiest(used) <= TOKENS


def busiest(used: Sequence[tuple[Asked, int]]) -> int:
    """The most that any window of a minute holds."""
    starts = [asked.start for asked, _ in used]
    return max(
        sum(units for asked, units in used if start <= asked.start < start + WINDOW)
        for start in starts
    )
