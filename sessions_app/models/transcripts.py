"""The words of a talk."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions_app.models.sessions import PracticeSession


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
