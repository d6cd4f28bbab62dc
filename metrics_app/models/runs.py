"""One attempt at a report of any system, when it has ended."""

from __future__ import annotations

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    COMPLETED = "completed", _("Completed")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")
    QUARANTINED = "quarantined", _("Stopped for inspection")


class Run(models.Model):
    """A run that has ended; `run_id` and `owner_id` are gone when its person or talk is.

    `waited_ms` is from its order to its first worker, `total_ms` from then to its end.
    `variants` says what each flag came to, by name. `degraded`: less than was asked for.
    `regenerated` and `agreement_difference` (a share) are `None` where no such check was made.
    """

    kind = models.CharField(max_length=20)
    run_id = models.UUIDField(null=True, unique=True)
    owner_id = models.BigIntegerField(null=True, db_index=True)
    queue = models.CharField(max_length=20)
    mode = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome)
    problem = models.CharField(max_length=40, blank=True)
    degraded = models.BooleanField(default=False)
    regenerated = models.BooleanField(null=True)
    agreement_difference = models.FloatField(null=True)
    waited_ms = models.PositiveIntegerField(null=True)
    total_ms = models.PositiveIntegerField(null=True)
    variants = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    finished_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("ended run")
        verbose_name_plural = _("ended runs")
        ordering = ("-finished_at",)
        indexes: ClassVar = [
            models.Index(fields=["kind", "finished_at"], name="run_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.outcome}"


class StageTiming(models.Model):
    """How long a stage of a run took in its last attempt; `None` where it did not end."""

    # the index of the constraint serves it as well
    run = models.ForeignKey(Run, models.CASCADE, related_name="stages", db_index=False)
    stage = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    duration_ms = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("stage time")
        verbose_name_plural = _("stage times")
        ordering = ("run_id", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "stage"], name="stage_time_once"),
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.duration_ms} ms"
