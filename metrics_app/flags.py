"""The door to feature flags."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from metrics_app.known_flags import KNOWN_FLAGS
from metrics_app.models import FeatureFlag


def is_active(name: str, user: AbstractBaseUser | AnonymousUser) -> bool:
    """The flag's answer for the user; its default where its row is gone.

    Raises `KeyError` for a name that is not among the known flags.
    """
    known = KNOWN_FLAGS[name]
    flag = FeatureFlag.objects.filter(name=name).first()
    return known.default if flag is None else flag.is_active_for_user(user)
