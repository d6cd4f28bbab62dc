"""The environment of one test process, in place before Django's settings are read.

Imported by `conftest.py` first of all; importing it loads the settings.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import MutableMapping
from pathlib import Path

from django.conf import settings

EXAMPLE = Path(__file__).parent.parent / ".env.example"
KEPT = {"DATABASE_URL"}  # `scripts/with-postgres` gives it
DATA_DIR = Path(tempfile.mkdtemp(prefix="speechcoach-test-"))
REDIS_SOCKET = DATA_DIR / "redis" / "redis.sock"
REDIS_URL = f"unix://{REDIS_SOCKET}"
OWN_SETTINGS = {
    "ENV_FILE": os.devnull,
    "DATA_DIR": str(DATA_DIR),
    "REDIS_URL": REDIS_URL,
    "SECRET_KEY": "only-for-tests-" * 4,  # long enough for a public host
    "EMAIL_URL": "memorymail://",
}


def take_users_settings(environ: MutableMapping[str, str]) -> dict[str, str]:
    """Take every setting of the user's out of `environ`, and what the SDK reads besides.

    So no test talks to a server that somebody pays for. The tests of real servers, which are
    asked for on purpose, get what was there.
    """
    listed = set(re.findall(r"^#([A-Z0-9_]+)=", EXAMPLE.read_text(), re.MULTILINE)) - KEPT
    names = [name for name in environ if name in listed or name.startswith("OPENAI_")]
    return {name: environ.pop(name) for name in names}


def load_settings() -> None:
    """Read the settings from our own environment.

    The module's name leaves the environment again: pytest-django would otherwise load the
    settings of a pytest-xdist worker before that worker has a folder of its own.
    """
    if "speechcoach.settings" in sys.modules:
        raise RuntimeError("Unset DJANGO_SETTINGS_MODULE: the tests bring their own settings.")
    os.environ.update(OWN_SETTINGS, DJANGO_SETTINGS_MODULE="speechcoach.settings")
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STATIC_ROOT.mkdir()
    del os.environ["DJANGO_SETTINGS_MODULE"]


USERS_SETTINGS = take_users_settings(os.environ)
load_settings()
