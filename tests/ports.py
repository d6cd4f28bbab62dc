"""Ports for servers that tests start."""

from __future__ import annotations

import random
import socket

# Below the ports that systems hand out by themselves, so that nobody takes one in between.
CANDIDATES = range(20_000, 32_000)


def free_port() -> int:
    """A port of this machine that nobody listens on. Raises `OSError` when one is not found."""
    for port in random.sample(CANDIDATES, 100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise OSError("no free port")
