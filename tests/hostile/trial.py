"""One file, read as the worker reads an upload, in a process of its own.

    python -m tests.hostile.trial FILE

prints a line of JSON. Each file has its own process so that what the system counts of memory and
time is that file's alone.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from sessions_app.stages import media
from sessions_app.stages.context import Limits, RunContext, Talk
from sessions_app.stages.problems import InputProblem

ROOT: Final = Path(__file__).parents[2]
LIMITS: Final = Limits(
    max_bytes=500_000_000,
    max_minutes=60,
    min_sound_ms=1000,
    decoder_memory_mb=512,
    decoder_seconds=300,
)
"""The defaults of `speechcoach/settings.py`."""

MOST_SECONDS: Final = 5.0
MOST_MB: Final = 512.0
PATIENCE_SECONDS: Final = 600


@dataclass(frozen=True, slots=True)
class Trial:
    """`problem` is a code of `sessions_app.stages.problems.Problem`, "" where the file was taken;
    `broke` is the end of a traceback, "" where the worker lived. `seconds` are real ones,
    `cpu_seconds` and `memory_mb` (at its peak, resident) are the decoding child's.
    """

    problem: str
    broke: str
    seconds: float
    cpu_seconds: float
    memory_mb: float
    left: tuple[str, ...]
    """Files in the folder of work, of a file that was refused."""

    @property
    def outcome(self) -> str:
        if self.broke:
            return f"BROKE: {self.broke}"
        return f"refused: {self.problem}" if self.problem else "read"

    @property
    def kept_its_limits(self) -> bool:
        """What is taken may take its time: a talk is up to an hour long."""
        soon = self.seconds <= MOST_SECONDS or not self.problem
        return not self.broke and not self.left and soon and self.memory_mb <= MOST_MB


def try_file(path: Path) -> Trial:
    """Returns when the process that read it is gone, however it ended."""
    begun = time.monotonic()
    tried = subprocess.run(
        [sys.executable, "-m", "tests.hostile.trial", str(path.absolute())],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS,
    )  # fmt: skip
    if tried.returncode == 0:
        told = json.loads(tried.stdout)
        return Trial(**{**told, "left": tuple(told["left"])})
    why = tried.stderr.strip().rpartition("\n")[2] or f"exit code {tried.returncode}"
    return Trial("", why, time.monotonic() - begun, 0, 0, ())


def _read(path: Path) -> Trial:
    talk = Talk("", "en", "", None, None, path, "", "", "")
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        try:
            media.run(RunContext(talk, LIMITS, Path(folder)), lambda: None)
            problem = ""
        except InputProblem as refused:
            problem = str(refused.problem)
        seconds = time.monotonic() - begun
        left = [each.name for each in Path(folder).iterdir()] if problem else []
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu, kilobytes = child.ru_utime + child.ru_stime, child.ru_maxrss
    return Trial(problem, "", seconds, cpu, kilobytes / 1024, tuple(left))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(_read(Path(sys.argv[1])))))
