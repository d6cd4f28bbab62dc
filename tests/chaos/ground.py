"""Django on a folder of this process alone, and on the database that `DATABASE_URL` names. To be
imported before anything that has models, by programs only: it changes this process.

Nothing else of the user's settings is used: no key, no server.
"""

from __future__ import annotations

import logging

import django

import tests.environment  # noqa: F401 - a folder and settings of its own

django.setup()
logging.disable(logging.WARNING)  # the product's own log is a file
