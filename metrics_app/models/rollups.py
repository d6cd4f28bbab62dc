"""Hours added up, for sums and percentiles over more rows than are kept or can be sorted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class HourlyCalls(models.Model):
    """The calls that began in one hour (UTC) and are alike; sums of what is known.

    `latency` and `tokens_in_spread`, `tokens_out_spread` are histograms: how many calls by bucket,
    see `metrics_app.histograms`.
    """

    hour = models.DateTimeField()
    run_kind = models.CharField(max_length=20)
    purpose = models.CharField(max_length=40)
    model = models.CharField(max_length=100)
    outcome = models.CharField(max_length=30)
    cache_hit = models.BooleanField()
    calls = models.PositiveIntegerField()
    could_hit = models.PositiveIntegerField()
    unpriced = models.PositiveIntegerField()
    tokens_in = models.PositiveBigIntegerField()
    tokens_cached = models.PositiveBigIntegerField()
    tokens_out = models.PositiveBigIntegerField()
    audio_ms = models.PositiveBigIntegerField()
    cost_usd = models.DecimalField(max_digits=14, decimal_places=8)
    latency_ms = models.PositiveBigIntegerField()
    latency = models.JSONField(default=dict)
    tokens_in_spread = models.JSONField(default=dict)
    tokens_out_spread = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("calls of an hour")
        verbose_name_plural = _("calls by hour")
        ordering = ("-hour", "purpose")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hour", "run_kind", "purpose", "model", "outcome", "cache_hit"],
                name="calls_of_hour_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H}h {self.purpose}: {self.calls}"


class HourlyRuns(models.Model):
    """The runs that ended in one hour (UTC) and are alike. `total` is a histogram of `total_ms`."""

    hour = models.DateTimeField()
    kind = models.CharField(max_length=20)
    queue = models.CharField(max_length=20)
    mode = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=20)
    runs = models.PositiveIntegerField()
    degraded = models.PositiveIntegerField()
    checked = models.PositiveIntegerField()
    regenerated = models.PositiveIntegerField()
    total_ms = models.PositiveBigIntegerField()
    total = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("runs of an hour")
        verbose_name_plural = _("runs by hour")
        ordering = ("-hour", "kind")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hour", "kind", "queue", "mode", "outcome"], name="runs_of_hour_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H}h {self.kind}: {self.runs}"
