"""A process of its own that records: `python -m tests.metrics_app.recorder HOW_MANY`."""

from __future__ import annotations

import sys

import django

if __name__ == "__main__":
    django.setup()
    from metrics_app.record import record_run
    from tests.metrics_app.records import an_end

    for _ in range(int(sys.argv[1])):
        record_run(an_end())
