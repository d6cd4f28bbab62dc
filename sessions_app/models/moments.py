"""Passages of talks as vectors, and which of them are alike."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions_app.models.runs import SessionRun


class Passage(models.Model):
    """Words `start_word` up to, not including, `end_word`; `vector` is little-endian float32.

    Vectors of different models cannot be compared.
    """

    run = models.ForeignKey(SessionRun, models.CASCADE, related_name="passages")
    start_word = models.PositiveIntegerField()
    end_word = models.PositiveIntegerField()
    text = models.TextField()
    start_ms = models.PositiveIntegerField(null=True)
    model = models.CharField(max_length=100)
    vector = models.BinaryField()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ("start_word",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "start_word"], name="passage_once_per_run"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: words {self.start_word} to {self.end_word}"


class SimilarMoment(models.Model):
    """A passage and one of an earlier talk of the same owner; `similarity` is their cosine."""

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="similar")
    earlier = models.ForeignKey(Passage, models.CASCADE, related_name="+")
    similarity = models.FloatField()

    class Meta:
        verbose_name = _("similar moment")
        verbose_name_plural = _("similar moments")
        ordering = ("-similarity",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(passage=models.F("earlier")), name="moment_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} like {self.earlier_id}: {self.similarity:.2f}"
