"""What a run found, in rows that lists and pages read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions_app.models.runs import SessionRun


class Finding(models.Model):
    """One row per finding; the fields are those of `speech.findings.Finding`."""

    run = models.ForeignKey(SessionRun, models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=30)
    label = models.CharField(max_length=100)
    text = models.TextField()
    start_word = models.PositiveIntegerField()
    end_word = models.PositiveIntegerField()
    start_ms = models.PositiveIntegerField(null=True)
    end_ms = models.PositiveIntegerField(null=True)
    status = models.CharField(max_length=20)
    severity = models.CharField(max_length=10)
    source = models.CharField(max_length=10)
    confidence = models.FloatField()
    why = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    review = models.JSONField(null=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ("start_word", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(start_word__lt=models.F("end_word")), name="finding_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.label}"


class CoachingNote(models.Model):
    """The coaching of one run; `content` is `coaching.schemas.Coaching` as JSON."""

    run = models.OneToOneField(SessionRun, models.CASCADE, related_name="coaching")
    source = models.CharField(max_length=20)
    content = models.JSONField()

    class Meta:
        verbose_name = _("coaching")
        verbose_name_plural = _("coaching")

    def __str__(self) -> str:
        return f"{self.run_id}: {self.source}"


class RunMetrics(models.Model):
    """The measures and scores of one run; the columns serve lists and trends."""

    run = models.OneToOneField(SessionRun, models.CASCADE, related_name="metrics")
    formula_version = models.CharField(max_length=10)
    overall_score = models.PositiveSmallIntegerField(null=True)
    wpm = models.FloatField(null=True)
    fillers_per_minute = models.FloatField(null=True)
    duration_ms = models.PositiveIntegerField(null=True)
    word_count = models.PositiveIntegerField()
    fillers_total = models.PositiveIntegerField(null=True)
    metrics = models.JSONField()
    scores = models.JSONField()

    class Meta:
        verbose_name = _("metrics")
        verbose_name_plural = _("metrics")

    def __str__(self) -> str:
        return f"{self.run_id}: {self.overall_score}"
