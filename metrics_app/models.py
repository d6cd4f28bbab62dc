"""Model calls and feature flags, known to every system by id and kind only."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from waffle.models import AbstractUserFlag


class Call(models.Model):
    """One attempt at one model call. `cost_usd` is `None` where the price is not known."""

    run_kind = models.CharField(max_length=20)
    run_id = models.UUIDField(null=True, db_index=True)
    owner_id = models.BigIntegerField(null=True, db_index=True)
    purpose = models.CharField(max_length=40)
    model = models.CharField(max_length=100)
    prompt_version = models.CharField(max_length=20, blank=True)
    attempt = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=30)
    tokens_in = models.PositiveIntegerField(null=True)
    tokens_cached = models.PositiveIntegerField(null=True)
    tokens_out = models.PositiveIntegerField(null=True)
    cost_usd = models.DecimalField(max_digits=12, decimal_places=8, null=True)
    latency_ms = models.PositiveIntegerField(null=True)
    first_token_ms = models.PositiveIntegerField(null=True)
    cache_hit = models.BooleanField(default=False)
    started_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("model call")
        verbose_name_plural = _("model calls")
        ordering = ("-started_at",)

    def __str__(self) -> str:
        return f"{self.purpose} ({self.model}): {self.outcome}"


class FeatureFlag(AbstractUserFlag):
    """A flag whose answer for a user is the same in every process and after every restart.

    The off-switch (`everyone=False`) comes first, then the on-switch, then listed users and
    groups, then a stable percentage: SHA-256 of flag name and user id, in steps of 0.1 %.
    """

    class Meta(AbstractUserFlag.Meta):
        abstract = False
        verbose_name = _("feature flag")
        verbose_name_plural = _("feature flags")

    def is_active_for_user(self, user: AbstractBaseUser) -> bool | None:
        if self.everyone is not None:
            return self.everyone
        if super().is_active_for_user(user):
            return True
        if self.percent is None or user.pk is None:
            return None
        return self._bucket(user.pk) < self.percent

    def _bucket(self, user_id: Any) -> float:
        digest = hashlib.sha256(f"{self.name}:{user_id}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % 1000 / 10
