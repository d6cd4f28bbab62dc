"""Where settings come from: the environment, then `.env` beside `manage.py`.

`ENV_FILE` names another file than `.env`; the tests point it at an empty one.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


class Env(environ.Env):  # type: ignore[misc]
    """Names the setting that cannot be read; never its value, which may be a secret."""

    def get_value(self, var: str, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().get_value(var, *args, **kwargs)
        except ValueError as error:
            raise ImproperlyConfigured(
                f"The setting {var} cannot be read; .env.example says what it takes."
            ) from error


env = Env()
env.read_env(os.environ.get("ENV_FILE", BASE_DIR / ".env"))


def private_folder(path: Path) -> Path:
    """`path`, made where it is not there yet, for its owner alone."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def secret_key(data_dir: Path) -> str:
    """The secret of this installation: `SECRET_KEY`, else one made once and kept in `data_dir`."""
    if given := env.str("SECRET_KEY", default=""):
        return str(given)
    path = data_dir / "secret_key"
    private_folder(data_dir)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()
