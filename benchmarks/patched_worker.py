"""The same without one technique: `python -m benchmarks.patched_worker NAME rqworker QUEUE …`.

What `benchmarks.techniques` names is patched before anything begins; the rest is the product's.
"""

from __future__ import annotations

import sys

import django

from benchmarks.worker import work

django.setup()

# isort: split
from benchmarks.techniques import TECHNIQUES  # noqa: E402 - needs the settings


def main() -> None:
    name, *arguments = sys.argv[1:]
    TECHNIQUES[name].patch()
    work(arguments)


if __name__ == "__main__":
    main()
