"""Django on a folder of this process alone. To be imported before anything that has models, by
programs only: it changes this process.
"""

from __future__ import annotations

import os

import django

os.environ.pop("DATABASE_URL", None)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's loop runs in this thread, alone

import tests.environment  # noqa: F401 - a folder and settings of its own

django.setup()
