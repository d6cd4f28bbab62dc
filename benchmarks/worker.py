"""The product's worker as users have it: `python -m benchmarks.worker rqworker QUEUE …`.

The simulator's HTTP library is not installed with the product. Where it is, the SDK loads it, which
takes 8 MB.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "speechcoach.settings")
sys.modules["aiohttp"] = None  # type: ignore[assignment]


def work(arguments: Sequence[str]) -> None:
    execute_from_command_line(["manage.py", *arguments])


if __name__ == "__main__":
    work(sys.argv[1:])
