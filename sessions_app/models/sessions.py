"""A talk and what its speaker told us about it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TalkKind(models.TextChoices):
    PRESENTATION = "presentation", _("Presentation")
    INTERVIEW = "interview", _("Interview")
    PITCH = "pitch", pgettext_lazy("kind of talk", "Pitch")
    FREE = "free", _("Free practice")


class Language(models.TextChoices):
    EN = "en", _("English")
    ES = "es", _("Spanish")
    PT = "pt", _("Portuguese")
    FR = "fr", _("French")
    DE = "de", _("German")
    IT = "it", _("Italian")
    NL = "nl", _("Dutch")


def media_name(session: PracticeSession, filename: str) -> str:
    """An internal name: nothing of the user's file name reaches the disk."""
    return f"sessions/{session.pk}/recording"


class PracticeSession(models.Model):
    """`retake_of` is the first attempt at the same talk, never itself a retake."""

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
    retake_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="retakes", editable=False
    )
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
