"""The pages keep their connections to PostgreSQL: with a new one for each request the database
needs three times as much processor time.

Only they do. Workers fork, which no pool survives, and hold one connection for as long as a job.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import connections

from speechcoach.overload import AT_WORK, SENDING

POOL: Final[dict[str, Any]] = {
    "min_size": 1,
    "max_size": AT_WORK + SENDING + 4,  # the last are for archives, which read while they are sent
    "max_idle": 60.0,  # seconds
    "timeout": 5.0,  # seconds, for a server that is away
}


def keep_connections() -> None:
    """From the next connection of this process on. Each is looked at before it is used again."""
    database = connections.settings["default"]
    if database["ENGINE"] == "django.db.backends.postgresql":
        database["CONN_HEALTH_CHECKS"] = True
        database["OPTIONS"] = {**database["OPTIONS"], "pool": POOL}
