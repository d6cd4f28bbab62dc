"""Staff, signed in or by a token. Nobody known is a 401, somebody else a 403."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.http import HttpRequest
from ninja.errors import AuthorizationError
from ninja.security import HttpBearer, SessionAuth

from metrics_app.tokens import user_of


class StaffToken(HttpBearer):
    """`Authorization: Bearer …`, see `metrics_app.tokens`."""

    def authenticate(self, request: HttpRequest, token: str) -> AbstractUser | None:
        return _staff(user_of(token))


class StaffSession(SessionAuth):
    """The cookie of who is signed in."""

    def authenticate(self, request: HttpRequest, key: str | None) -> AbstractUser | None:
        return _staff(request.user)


def _staff(user: AbstractUser | AnonymousUser | None) -> AbstractUser | None:
    if user is None or isinstance(user, AnonymousUser):
        return None
    if not user.is_staff:
        raise AuthorizationError(message="Metrics are for staff.")
    return user
