"""What becomes of hostile files, one by one.

    python -m tests.hostile [FOLDER] [--keep FOLDER]

Every file below FOLDER, or those that are made here where none is named; `--keep` makes them in a
folder of yours. Ends with code 1 when a file broke something, was refused too late, or took too
much memory.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.hostile.corpus import make
from tests.hostile.trial import MOST_MB, MOST_SECONDS, Trial, try_file

HEAD = "| file | bytes | outcome | s | CPU s | MB | |\n|---|--:|---|--:|--:|--:|---|"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.hostile")
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    if asked.folder:
        return judged(asked.folder)
    with tempfile.TemporaryDirectory() as passing:
        folder = asked.keep or Path(passing)
        make(folder)
        return judged(folder)


def judged(folder: Path) -> int:
    """The code to end with."""
    say(HEAD)
    trials = [_told(path, folder) for path in files(folder)]
    failed = [trial for trial in trials if not trial.kept_its_limits]
    say(summary(trials))
    return 1 if failed or not trials else 0


def files(folder: Path) -> Iterable[Path]:
    """Links and pipes too, whatever they lead to."""
    return sorted(path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())


def _told(path: Path, folder: Path) -> Trial:
    trial = try_file(path)
    say(line(str(path.relative_to(folder)), path.lstat().st_size, trial))
    return trial


def line(name: str, size: int, trial: Trial) -> str:
    shown = name.encode("unicode_escape").decode().replace("|", r"\|")
    figures = f"{trial.seconds:.2f} | {trial.cpu_seconds:.2f} | {trial.memory_mb:.0f}"
    verdict = "" if trial.kept_its_limits else "**over**"
    return f"| {shown} | {size} | {trial.outcome} | {figures} | {verdict} |"


def summary(trials: list[Trial]) -> str:
    if not trials:
        return "\nNo files."
    refused = [trial for trial in trials if trial.problem]
    over = sum(not trial.kept_its_limits for trial in trials)
    slowest = max((trial.seconds for trial in refused), default=0)
    largest = max(trial.memory_mb for trial in trials)
    return (
        f"\n{len(trials)} files: {len(refused)} refused, the slowest in {slowest:.2f} s (at most "
        f"{MOST_SECONDS:g}); at most {largest:.0f} MB ({MOST_MB:g}); "
        f"{sum(bool(trial.broke) for trial in trials)} broke something; {over} over the limits."
    )


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
