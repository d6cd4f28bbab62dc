"""What speakers set right in their reports."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions_app.models.sessions import PracticeSession
from sessions_app.models.transcripts import Transcript


class CorrectionKind(models.TextChoices):
    NOT_A_FILLER = "not_a_filler", _("Not a filler")
    IS_A_FILLER = "is_a_filler", _("A filler")
    WORD = "word", _("Another word")


class Correction(models.Model):
    """One correction; the fields are those of `speech.corrections.Correction`.

    Word indices are those of `transcript`. A row is never changed but for being taken back, so
    that the rows of a session tell who said what and when.
    """

    session = models.ForeignKey(PracticeSession, models.CASCADE, related_name="corrections")
    transcript = models.ForeignKey(Transcript, models.CASCADE, related_name="corrections")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=CorrectionKind)
    start_word = models.PositiveIntegerField()
    end_word = models.PositiveIntegerField()
    start_ms = models.PositiveIntegerField(null=True)
    end_ms = models.PositiveIntegerField(null=True)
    said = models.TextField()
    text = models.CharField(max_length=100)
    made_at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(start_word__lt=models.F("end_word")), name="correction_has_words"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["session"], name="correction_standing", condition=Q(taken_back_at=None)
            ),
        ]

    def __str__(self) -> str:
        """Without what was said: staff see it."""
        return f"{self.kind}: {self.start_word}"
