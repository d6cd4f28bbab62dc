"""The decoding child: `python -m sessions_app.media.child REQUEST`.

Knows no path, no network, no secret. Answers in JSON on stdout: a line for every piece of the
recording as soon as its samples are written, and at the end, without a line break, what it found.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import asdict
from typing import Any, Final

import av
import av.subtitles.codeccontext  # PyAV imports these on first use: too late, once confined
import av.subtitles.stream
import av.subtitles.subtitle

from sessions_app.media.confinement import MEMORY_EXIT, confine
from sessions_app.media.examining import examine
from sessions_app.media.request import DecodeRequest
from sessions_app.speech.pieces import Piece
from sessions_app.stages.problems import StageProblem

ENDINGS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
"""Sent to all of a service when it stops. Our parent decides, and we end with it."""


def main(argument: str) -> None:
    for ending in ENDINGS:
        signal.signal(ending, signal.SIG_IGN)
    request = DecodeRequest.from_argument(argument)
    av.logging.set_level(None)
    source_bytes = os.fstat(request.source_fd).st_size
    confine(request.memory_mb, request.cpu_seconds, request.max_seconds, source_bytes)
    try:
        answer: dict[str, Any] = {"recording": asdict(examine(request, _announce))}
    except StageProblem as problem:
        answer = {"problem": problem.problem, "detail": problem.detail}
    except MemoryError:
        os._exit(MEMORY_EXIT)
    sys.stdout.write(json.dumps(answer, allow_nan=False))


def _announce(piece: Piece) -> None:
    sys.stdout.write(json.dumps({"piece": asdict(piece)}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
