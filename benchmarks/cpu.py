"""Our own processor time and memory, against the length of the recording.

    python -m benchmarks.cpu [--json] [--quick]

Processor seconds, so that a busy machine changes them little. Part of `python -m benchmarks` too.
"""

from __future__ import annotations

from benchmarks import ground  # noqa: F401 - before anything that has models

# isort: split
import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.installation import installation
from benchmarks.own_work import OwnWork, own_work
from benchmarks.own_work_table import as_json, as_markdown
from benchmarks.talks import reference_talks


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cpu", description=__doc__)
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.add_argument("--quick", action="store_true", help="a talk of five minutes only")
    given = parser.parse_args()
    found = _measured(quick=given.quick)
    text = json.dumps(as_json(found), indent=2) if given.json else as_markdown(found)
    sys.stdout.write(f"{text}\n")


def _measured(*, quick: bool) -> OwnWork:
    with tempfile.TemporaryDirectory() as name, installation():
        return own_work(Path(name), reference_talks(Path(name), quick=quick))


if __name__ == "__main__":
    main()
