"""Django on a folder of this process alone, and on the database that `DATABASE_URL` names.

To be imported before anything that has models, by programs only: it changes this process.
"""

from __future__ import annotations

import logging
import os

import django

import tests.environment  # noqa: F401 - a folder and settings of its own

os.environ["DJANGO_SETTINGS_MODULE"] = "speechcoach.settings"
django.setup()
logging.disable(logging.WARNING)
