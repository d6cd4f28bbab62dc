"""Keys for programs that read metrics: made once, shown once, known by their hash only."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Final

from django.contrib.auth.models import AbstractUser
from django.db.models import Q
from django.utils import timezone

from metrics_app.models import ApiToken

PREFIX: Final = "sc_"  # tells what it is to whoever, or whatever, finds one lying about
USED_EVERY: Final = timedelta(minutes=1)


def new_token() -> str:
    """256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Plain SHA-256: what is that random needs no slow hash, nobody can guess it."""
    return sha256(token.encode()).hexdigest()


def create_token(*, user: AbstractUser, name: str) -> str:
    """The token itself, which cannot be shown again."""
    token = new_token()
    ApiToken.objects.create(name=name, user_id=user.pk, digest=digest(token))
    return token


def user_of(token: str) -> AbstractUser | None:
    """Whose token it is; `None` for one we do not know, and when its person may not sign in."""
    found = ApiToken.objects.filter(digest=digest(token), user__is_active=True)
    known = found.select_related("user").first()
    if known is None:
        return None
    _note_use(known)
    return known.user


def _note_use(token: ApiToken) -> None:
    """Once in `USED_EVERY`: reading is not to write each time."""
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at <= now - USED_EVERY:
        stale = Q(last_used_at=None) | Q(last_used_at__lte=now - USED_EVERY)
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
