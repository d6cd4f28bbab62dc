"""Django on a folder of this process alone. To be imported before anything that has models, by
programs only: it changes this process.

Nothing of the user's settings is used: no key, no server, no database.
"""

from __future__ import annotations

import logging
import os

import django

os.environ.pop("DATABASE_URL", None)

import tests.environment  # noqa: F401 - a folder and settings of its own

django.setup()
logging.disable(logging.WARNING)  # what is going on is told by `benchmarks.progress`
