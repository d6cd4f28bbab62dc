"""The door to feature flags."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from metrics_app.models import FeatureFlag


def is_active(name: str, user: AbstractBaseUser | AnonymousUser, default: bool) -> bool:
    """The stored flag's answer for the user; `default` where nobody has stored the flag."""
    flag = FeatureFlag.objects.filter(name=name).first()
    return default if flag is None else flag.is_active_for_user(user)
