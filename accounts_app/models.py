"""The user: an e-mail address, a password, how to be addressed, and what they chose."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """In lower case throughout: two spellings of an address are one account."""
        return super().normalize_email(email).lower()

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=self.normalize_email(username))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Store a user. Raises `ValueError` without an address."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """Signs in by e-mail; there are no user names.

    `language` of the pages is a code of `settings.LANGUAGES`, empty for the browser's.
    `media_retention_days` says how long recordings are kept, `None` as long as the server keeps
    them. `leaving_at` is when their person asked for the account to be erased.
    """

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(_("language of the pages"), max_length=10, blank=True)
    mail_when_done = models.BooleanField(_("mail me when a report is ready"), default=False)
    media_retention_days = models.PositiveSmallIntegerField(
        _("days to keep recordings"), null=True, blank=True
    )
    leaving_at = models.DateTimeField(null=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.get_full_name() or self.email
