"""Finds words in a recording: `python -m sessions_app.recognition.child DESCRIPTOR FOLDER`.

The descriptor is the recording's samples. Orders come on stdin, one after the other; it ends when
whoever asks is gone. It imports neither NumPy nor PyAV: it is up within a fifth of a second.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from pathlib import Path
from typing import Final

from sessions_app.recognition.alignment import Aligner
from sessions_app.recognition.engine import alignment_engine
from sessions_app.recognition.orders import Order, dump_answer
from sessions_app.recognition.sound import Excerpt, SampleFile

_ORDERS: Final = 0
_ENDINGS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def main(samples: int, folder: Path) -> None:
    for ending in _ENDINGS:  # sent to all of a service when it stops: our job decides
        signal.signal(ending, signal.SIG_IGN)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # nobody waits for the answer any more
    engine = alignment_engine()
    with os.fdopen(samples, "rb") as file:
        sound = SampleFile(file)
        for line in sys.stdin.buffer:
            order = Order.load(line)
            excerpt = Excerpt(sound, order.start_ms, order.end_ms)
            aligner = Aligner(excerpt, order.words, folder, _end_when_left, engine)
            sys.stdout.buffer.write(dump_answer(aligner.align_heard(order.speech)))
            sys.stdout.buffer.flush()


def _end_when_left() -> None:
    """Nobody sends an order before the last one is answered: this can only be the end."""
    if select.select([_ORDERS], [], [], 0)[0]:
        sys.exit()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
