"""Recordings on their way in."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sessions_app.models.sessions import PracticeSession


class Upload(models.Model):
    """A recording that comes in piece by piece; its bytes are a file of `sessions_app.partials`.

    `length` is in bytes; `filetype` is what the browser says. `session` is the talk made of it.
    From then on there are no bytes here, and the row stays for a while so that a form sent twice
    makes no second talk.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads")
    length = models.PositiveBigIntegerField()
    filename = models.CharField(max_length=255, blank=True)
    filetype = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(default=timezone.now)
    session = models.OneToOneField(
        PracticeSession, models.CASCADE, null=True, related_name="upload", editable=False
    )

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ("touched_at",)

    def __str__(self) -> str:
        return self.filename or str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("upload", args=[self.pk])
