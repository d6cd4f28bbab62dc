"""Switches that answer the same for the same person everywhere."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from waffle.models import AbstractUserFlag
from waffle.utils import get_setting

from metrics_app.buckets import bucket


class FeatureFlag(AbstractUserFlag):
    """A flag whose answer for a user is the same in every process and after every restart.

    The off-switch (`everyone=False`) comes first, then the on-switch, then listed users and
    groups (signed-in users, staff and superusers count as groups where ticked), then a stable
    percentage. Waffle's cookies, query parameters, languages and its draw per request are not
    honoured: a job has no request and must answer as the page did.
    """

    superusers = models.BooleanField(
        _("superusers"), default=False, help_text=_("Always active for superusers?")
    )

    class Meta(AbstractUserFlag.Meta):
        abstract = False
        verbose_name = _("feature flag")
        verbose_name_plural = _("feature flags")

    def is_active(self, request: HttpRequest, read_only: bool = False) -> bool:
        return self.is_active_for_user(request.user)

    def is_active_for_user(self, user: AbstractBaseUser | AnonymousUser) -> bool:
        if self.pk is None:  # waffle hands out an unsaved flag for a name nobody has stored
            return bool(get_setting("FLAG_DEFAULT"))
        if self.everyone is not None:
            return self.everyone
        return self._is_listed(user) or self._is_in_percentage(user)

    def _is_listed(self, user: AbstractBaseUser | AnonymousUser) -> bool:
        return not user.is_anonymous and bool(super().is_active_for_user(user))

    def _is_in_percentage(self, user: AbstractBaseUser | AnonymousUser) -> bool:
        if self.percent is None or user.is_anonymous:
            return False
        return bucket(self.name, user.pk) < round(self.percent * 10)
