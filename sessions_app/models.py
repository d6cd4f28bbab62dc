"""Practice sessions, their runs, and what the runs found.

A session is one talk; a run is one attempt to turn it into a report. The row is the truth and
the queue a doorbell: whoever holds the lease of a run may write to it, nobody else.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class TalkKind(models.TextChoices):
    PRESENTATION = "presentation", _("Presentation")
    INTERVIEW = "interview", _("Interview")
    PITCH = "pitch", _("Pitch")
    FREE = "free", _("Free practice")


class Language(models.TextChoices):
    EN = "en", _("English")
    ES = "es", _("Spanish")
    PT = "pt", _("Portuguese")
    FR = "fr", _("French")
    DE = "de", _("German")
    IT = "it", _("Italian")
    NL = "nl", _("Dutch")


class RunState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    PROCESSING = "processing", _("Processing")
    COMPLETED = "completed", _("Completed")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")
    QUARANTINED = "quarantined", _("Stopped for inspection")


LIVE_STATES = (RunState.QUEUED, RunState.PROCESSING)


class StageState(models.TextChoices):
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    SKIPPED = "skipped", _("Skipped")
    REUSED = "reused", _("Taken from the last run")
    FAILED = "failed", _("Failed")


FINISHED_STAGES = (StageState.DONE, StageState.SKIPPED, StageState.REUSED)


def media_name(session: PracticeSession, filename: str) -> str:
    """An internal name: nothing of the user's file name reaches the disk."""
    return f"sessions/{session.pk}/recording"


class PracticeSession(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sessions")
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=5, choices=Language, default=Language.EN)
    kind = models.CharField(
        _("kind of talk"), max_length=20, choices=TalkKind, default=TalkKind.PRESENTATION
    )
    prompt = models.TextField(_("practice prompt"), blank=True)
    target_seconds = models.PositiveIntegerField(
        _("target length in seconds"), null=True, blank=True
    )
    target_wpm = models.PositiveSmallIntegerField(
        _("target pace in words per minute"), null=True, blank=True
    )
    media = models.FileField(_("recording"), upload_to=media_name, blank=True)
    media_filename = models.CharField(_("name of the uploaded file"), max_length=255, blank=True)
    media_bytes = models.PositiveBigIntegerField(default=0)
    transcript_text = models.TextField(_("your transcript"), blank=True)
    transcript_format = models.CharField(max_length=3, blank=True)
    speaker = models.CharField(_("your name in the transcript"), max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    current_run = models.ForeignKey(
        "SessionRun", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    latest_run = models.ForeignKey(
        "SessionRun", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("practice session")
        verbose_name_plural = _("practice sessions")
        ordering = ("-created_at",)
        indexes: ClassVar = [
            models.Index(fields=["owner", "-created_at"], name="session_by_owner"),
            models.Index(fields=["-created_at"], name="session_by_age"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("session_detail", args=[self.pk])

    @property
    def recording_is_gone(self) -> bool:
        """There was a recording, and its retention time is over."""
        return bool(self.media_filename) and not self.media


class Transcript(models.Model):
    """One version of a session's words. Never changed once stored.

    `words` is a list of `[text, start_ms, end_ms, confidence, turn]`.
    """

    session = models.ForeignKey(PracticeSession, models.CASCADE, related_name="transcripts")
    source = models.CharField(max_length=20)
    timing = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    engine = models.CharField(max_length=60)
    caveats = models.JSONField(default=list)
    words = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("transcript")
        verbose_name_plural = _("transcripts")

    def __str__(self) -> str:
        return f"{self.session_id}: {len(self.words)} words, {self.source}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new version. Raises `TypeError` for one that is stored already."""
        if not self._state.adding:
            raise TypeError("The words of a transcript never change; store a new version.")
        super().save(*args, **kwargs)


class SessionRun(models.Model):
    """One attempt at a report.

    `lease_token` names the worker that may write; it is gone when nobody works on the run.
    `deaths` counts workers that died in a row without finishing a stage.
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
    degraded_reason = models.CharField(max_length=200, blank=True)
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
                condition=Q(state__in=["queued", "processing"]),
            ),
            models.Index(fields=["-queued_at"], name="run_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} run {self.number}: {self.state}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_STATES

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
