"""Attempts at a report, their checkpoints, and who watches over them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions_app.models.sessions import PracticeSession
from sessions_app.models.transcripts import Transcript


class RunState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    PROCESSING = "processing", _("Processing")
    WAITING_FOR_MODEL = "waiting_for_model", _("Waiting for the model")
    COMPLETED = "completed", _("Completed")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")
    QUARANTINED = "quarantined", _("Stopped for inspection")


LIVE_STATES = (RunState.QUEUED, RunState.PROCESSING, RunState.WAITING_FOR_MODEL)


class StageState(models.TextChoices):
    PENDING = "pending", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    SKIPPED = "skipped", _("Skipped")
    REUSED = "reused", _("Taken from the last run")
    FAILED = "failed", _("Failed")


FINISHED_STAGES = (StageState.DONE, StageState.SKIPPED, StageState.REUSED)


class SessionRun(models.Model):
    """One attempt at a report.

    `lease_token` names the worker that may write; it is gone when nobody works on the run.
    `deaths` counts workers that died in a row without finishing a stage.

    `snapshot` holds the flags and settings of the first attempt, for all later ones until somebody
    takes the run up by hand.
    `steps_down` lists the steps down the ladder, `stages.outputs.StepDown` as JSON.
    `wanted_mode` is the highest rung allowed by whoever started the run; empty for all.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(PracticeSession, models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField()
    from_stage = models.CharField(max_length=20, blank=True)
    queue = models.CharField(max_length=20)
    state = models.CharField(max_length=20, choices=RunState, default=RunState.QUEUED)
    problem = models.CharField(max_length=40, blank=True)
    problem_detail = models.TextField(blank=True)
    mode = models.CharField(max_length=20, blank=True)
    wanted_mode = models.CharField(max_length=20, blank=True)
    coaching_only = models.BooleanField(default=False)
    snapshot = models.JSONField(null=True)
    steps_down = models.JSONField(default=list)
    coaching_regenerated = models.BooleanField(null=True)
    regeneration_grounds = models.CharField(max_length=20, blank=True)
    fillers_by_rule = models.PositiveIntegerField(null=True)
    fillers_by_ai = models.PositiveIntegerField(null=True)
    fillers_difference = models.FloatField(null=True)
    waiting_reason = models.CharField(max_length=40, blank=True)
    waiting_since = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    transcript = models.ForeignKey(Transcript, models.RESTRICT, null=True, related_name="runs")
    lease_token = models.UUIDField(null=True, editable=False)
    lease_expires_at = models.DateTimeField(null=True, editable=False)
    worker = models.CharField(max_length=100, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    deaths = models.PositiveSmallIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    queued_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ("session_id", "-number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "number"], name="run_number_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["lease_expires_at"],
                name="run_live",
                condition=Q(state__in=["queued", "processing", "waiting_for_model"]),
            ),
            models.Index(fields=["-queued_at"], name="run_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} run {self.number}: {self.state}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_STATES

    @property
    def is_degraded(self) -> bool:
        """Some part of the report is less than was asked for."""
        return bool(self.steps_down)

    @property
    def processing_time_ms(self) -> int | None:
        """Milliseconds from first claim to the end; `None` while the run goes on."""
        if self.started_at is None or self.finished_at is None:
            return None
        return max(0, round((self.finished_at - self.started_at).total_seconds() * 1000))


class RunStage(models.Model):
    """The checkpoint of one stage of one run; `output` only where no other table holds it."""

    run = models.ForeignKey(SessionRun, models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=20)
    state = models.CharField(max_length=20, choices=StageState)
    attempt = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    duration_ms = models.PositiveIntegerField(null=True)
    output = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ("started_at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "stage"], name="stage_once_per_run"),
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.state}"


class SchedulerLease(models.Model):
    """One row: which scheduler process leads, and until when."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("scheduler lease")
        verbose_name_plural = _("scheduler leases")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="one_scheduler_lease"),
        ]

    def __str__(self) -> str:
        return f"leader until {self.expires_at}"
