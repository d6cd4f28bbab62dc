"""Django on a folder of this process alone. To be imported before anything that has models.

Nothing of the user's settings is used: no key, no server, no database.
"""

from __future__ import annotations

import logging
import os

import django

os.environ.pop("DATABASE_URL", None)

from tests.environment import DATA_DIR, REDIS_SOCKET, REDIS_URL

__all__ = ["DATA_DIR", "REDIS_SOCKET", "REDIS_URL"]

django.setup()
logging.disable(logging.WARNING)  # what is going on is told by `benchmarks.progress`
