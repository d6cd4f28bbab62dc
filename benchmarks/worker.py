"""The product's worker without one technique: `python -m benchmarks.worker NAME rqworker QUEUE …`.

What `benchmarks.techniques` names is patched before anything begins; the rest is the product's.
"""

from __future__ import annotations

import os
import sys

import django
from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "speechcoach.settings")
django.setup()

# isort: split
from benchmarks.techniques import TECHNIQUES  # noqa: E402 - needs the settings


def main() -> None:
    name, *arguments = sys.argv[1:]
    TECHNIQUES[name].patch()
    execute_from_command_line(["manage.py", *arguments])


if __name__ == "__main__":
    main()
