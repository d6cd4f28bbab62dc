"""The product's worker as users have it: `python -m benchmarks.worker NAME rqworker QUEUE …`.

NAME is `as-it-is`, or what `benchmarks.techniques` calls the one technique to do without, which is
patched before anything begins; the rest is the product's.
"""

from __future__ import annotations

import os
import sys

import django
from django.core.management import execute_from_command_line

# The simulator's, and not installed with the product: where it is, the SDK loads it, 8 MB
sys.modules["aiohttp"] = None  # type: ignore[assignment]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "speechcoach.settings")
django.setup()

# isort: split
from benchmarks.techniques import TECHNIQUES  # noqa: E402 - needs the settings

AS_IT_IS = "as-it-is"


def main() -> None:
    name, *arguments = sys.argv[1:]
    if name != AS_IT_IS:
        TECHNIQUES[name].patch()
    execute_from_command_line(["manage.py", *arguments])


if __name__ == "__main__":
    main()
