"""Model calls, corrections and feature flags, known to every system by id and kind only."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from waffle.models import AbstractUserFlag
from waffle.utils import get_setting

from metrics_app.buckets import bucket

NOBODY = 0  # owns the answers asked for on the command line
EVERYBODY = 0  # spends what all spend together


class Call(models.Model):
    """One attempt at one model call. `cost_usd` is `None` where the price is not known."""

    record_id = models.UUIDField(unique=True, editable=False)
    run_kind = models.CharField(max_length=20)
    run_id = models.UUIDField(null=True, db_index=True)
    owner_id = models.BigIntegerField(null=True, db_index=True)
    purpose = models.CharField(max_length=40)
    model = models.CharField(max_length=100)
    prompt_version = models.CharField(max_length=20, blank=True)
    attempt = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=30)
    detail = models.CharField(max_length=200, blank=True)
    tokens_in = models.PositiveIntegerField(null=True)
    tokens_cached = models.PositiveIntegerField(null=True)
    tokens_out = models.PositiveIntegerField(null=True)
    audio_ms = models.PositiveIntegerField(null=True)
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


class KeptAnswer(models.Model):
    """A finished answer of a model, so that nobody pays for it twice. Of its owner alone.

    `about` is what it was asked about, such as a talk: it goes when that is deleted.
    """

    owner_id = models.BigIntegerField()  # or `NOBODY`
    key = models.CharField(max_length=64)
    about = models.UUIDField(null=True, db_index=True)
    answer = models.TextField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner_id", "key"], name="answer_once"),
        ]

    def __str__(self) -> str:
        return self.key


class Spending(models.Model):
    """US dollars spent or set aside on one day (UTC) for one owner, or for `EVERYBODY`."""

    day = models.DateField()
    owner_id = models.BigIntegerField()
    usd = models.DecimalField(max_digits=14, decimal_places=8, default=Decimal(0))

    class Meta:
        verbose_name = _("spending of a day")
        verbose_name_plural = _("spending by day")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "owner_id"], name="spending_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.owner_id}: {self.usd}"


class CorrectionEvent(models.Model):
    """A correction of a report, made or taken back. No words: `label` is a pack's, or empty.

    `kind` is that of the correction; `source` says whose work was set right: "rule", "ai", "user"
    (something said earlier) or "none", where there was nothing before.
    """

    made = models.BooleanField()  # or taken back
    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=10)
    label = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=5)
    run_id = models.UUIDField(null=True, db_index=True)
    owner_id = models.BigIntegerField(null=True, db_index=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.kind} ({self.source})"


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
