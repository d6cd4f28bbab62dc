"""The demo account's address and password, kept in a file only its owner may read."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from accounts_app.models import User

EMAIL = "demo@example.com"
FILE = "demo-account.txt"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    email: str
    password: str


def read(folder: Path) -> DemoAccount | None:
    """The account kept in `folder`; `None` when there is none."""
    try:
        email, password = (folder / FILE).read_text().split()
    except (FileNotFoundError, ValueError):
        return None
    return DemoAccount(email, password)


def is_wanted() -> bool:
    """Where nobody has signed up yet, and where it is in use."""
    return not User.objects.exists() or User.objects.filter(email=EMAIL, is_active=True).exists()


def make(folder: Path) -> DemoAccount:
    """A new password for the demo account, kept in `folder`."""
    account = DemoAccount(EMAIL, secrets.token_urlsafe(9))
    path = folder / FILE
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{account.email}\n{account.password}\n")
    return account


def forget(folder: Path) -> None:
    (folder / FILE).unlink(missing_ok=True)
