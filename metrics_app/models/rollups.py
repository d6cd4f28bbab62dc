"""Hours added up, for sums and percentiles over more rows than are kept or can be sorted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from metrics_app.histogram_field import HistogramField
from metrics_app.histograms import Histogram


class CallSums(models.Model):
    """Calls that are alike; sums of what is known.

    `latency` and `tokens_in_spread`, `tokens_out_spread` are histograms: how many calls by bucket,
    see `metrics_app.histograms`.
    """

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
    latency = HistogramField(default=Histogram)
    tokens_in_spread = HistogramField(default=Histogram)
    tokens_out_spread = HistogramField(default=Histogram)

    class Meta:
        abstract = True


class RunSums(models.Model):
    """Runs that are alike. `total` is a histogram of `total_ms`; `came_down` ones left the parallel
    way, see `metrics_app.queries`.
    """

    kind = models.CharField(max_length=20)
    queue = models.CharField(max_length=20)
    mode = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=20)
    runs = models.PositiveIntegerField()
    degraded = models.PositiveIntegerField()
    came_down = models.PositiveIntegerField(default=0)
    checked = models.PositiveIntegerField()
    regenerated = models.PositiveIntegerField()
    total_ms = models.PositiveBigIntegerField()
    total = HistogramField(default=Histogram)

    class Meta:
        abstract = True


class Hour(models.Model):
    """`milliseconds`: how long each of them took (`metrics_app.packing`), for as long as their rows
    are kept.
    """

    hour = models.DateTimeField()
    milliseconds = models.BinaryField(null=True)

    class Meta:
        abstract = True


class HourlyCalls(CallSums, Hour):
    """The calls that began in one hour (UTC)."""

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


class HourlyRuns(RunSums, Hour):
    """The runs that ended in one hour (UTC)."""

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


class HourlyStages(Hour):
    """A stage in the runs of one hour (UTC): of whole, completed ones.
    `durations` is a histogram of the milliseconds that `duration_ms` is the sum of.
    """

    kind = models.CharField(max_length=20)
    queue = models.CharField(max_length=20)
    stage = models.CharField(max_length=20)
    duration_ms = models.PositiveBigIntegerField()
    durations = HistogramField(default=Histogram)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hour", "kind", "queue", "stage"], name="stages_of_hour_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H}h {self.stage}"


class TotalCalls(CallSums):
    """The calls of all hours that were added up. `until`: the end of the last hour in it."""

    cost_usd = models.DecimalField(max_digits=20, decimal_places=8)
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run_kind", "purpose", "model", "outcome", "cache_hit"],
                name="calls_in_total_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.calls}"


class TotalRuns(RunSums):
    """The runs of all hours that were added up. `until`: the end of the last hour in it."""

    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "queue", "mode", "outcome"], name="runs_in_total_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.runs}"


class LateRow(models.Model):
    """A call or a run that was recorded when its hour was over, and may have been added up: that is
    done again. `table` is its model's name.
    """

    table = models.CharField(max_length=10)
    hour = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H}h {self.table}"
