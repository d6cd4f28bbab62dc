"""What is going on, beside the result, so that JSON stays JSON."""

from __future__ import annotations

import sys


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
