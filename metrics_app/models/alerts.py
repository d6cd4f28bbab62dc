"""What was found wrong, who was told, and what each rule remembers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    WARNING = "warning", _("Warning")
    CRITICAL = "critical", _("Critical")


class Alert(models.Model):
    """A breach of one rule, from when it was told until it was over.

    `value`, `threshold` and `sample` are those of when it was opened; `figures` says in words
    where they come from.
    """

    rule = models.CharField(max_length=40)
    severity = models.CharField(max_length=10, choices=Severity)
    opened_at = models.DateTimeField(db_index=True)
    closed_at = models.DateTimeField(null=True, db_index=True)
    value = models.FloatField(null=True)
    threshold = models.FloatField(null=True)
    sample = models.PositiveIntegerField(null=True)
    figures = models.TextField(blank=True)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ("-opened_at",)

    def __str__(self) -> str:
        return f"{self.rule} ({self.severity})"


class AlertState(models.Model):
    """What a rule of one severity remembers between evaluations. Changes are compare-and-set on
    `version`: of two evaluators one gets there, and only that one tells anybody.
    """

    rule = models.CharField(max_length=40)
    severity = models.CharField(max_length=10, choices=Severity)
    version = models.PositiveIntegerField(default=0)
    breached_since = models.DateTimeField(null=True)
    sound_since = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    alert = models.ForeignKey(Alert, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("state of a rule")
        verbose_name_plural = _("states of rules")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rule", "severity"], name="alert_state_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} ({self.severity})"


class Notice(models.TextChoices):
    OPENED = "opened", _("Opened")
    STILL_OPEN = "still_open", _("Still open")
    RECOVERED = "recovered", _("Recovered")


class AlertDelivery(models.Model):
    """One notice on one channel, and whether it got there."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="deliveries")
    notice = models.CharField(max_length=10, choices=Notice)
    channel = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)
    delivered = models.BooleanField()
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.notice} by {self.channel}"
