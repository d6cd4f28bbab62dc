"""`python -m tests.openai_sim --port N …`: serves until it is told to stop."""

from __future__ import annotations

import sys

from aiohttp import web

from tests.openai_sim.app import build
from tests.openai_sim.options import parse

BACKLOG = 1024  # connections that wait to be accepted

if __name__ == "__main__":
    options = parse(sys.argv[1:])
    web.run_app(
        build(options),
        host="127.0.0.1",
        port=options.port,
        print=None,
        access_log=None,
        backlog=BACKLOG,
        shutdown_timeout=0.1,
        handler_cancellation=True,  # so that a client that leaves is noticed at once
    )
