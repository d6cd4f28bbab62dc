"""One attempt at a model call."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Call(models.Model):
    """One attempt at one model call. `cost_usd` is `None` where the price is not known.

    `could_hit`: the same had been asked for the same person before and its answer was kept, whether
    or not it was used.
    """

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
    could_hit = models.BooleanField(default=False)
    started_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("model call")
        verbose_name_plural = _("model calls")
        ordering = ("-started_at",)

    def __str__(self) -> str:
        return f"{self.purpose} ({self.model}): {self.outcome}"
