"""The process that tidies up after `up`, however `up` ended.

`up` holds one end of a pipe and never writes to it. When `up` is gone, killed or not, the pipe
closes, and the guard ends every process that carries the mark of this `up`. Works the same on
Linux and macOS, where no signal tells children of their parent's death.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from speechcoach import processes

_ROOT = Path(__file__).resolve().parents[1]

GRACE_SECONDS = 5.0


def start(mark: str) -> subprocess.Popen[bytes]:
    """Start the guard. It ends once its `stdin` is closed and nothing marked is left."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "speechcoach.guard", mark],
        stdin=subprocess.PIPE,
        cwd=_ROOT,  # where the module is, wherever `up` was called
        start_new_session=True,
    )


def dismiss(guard: subprocess.Popen[bytes]) -> None:
    """Close the pipe and wait until the guard has tidied up."""
    if guard.stdin:
        guard.stdin.close()
    guard.wait()


if __name__ == "__main__":
    sys.stdin.buffer.read()
    processes.end_marked(sys.argv[1], GRACE_SECONDS)
