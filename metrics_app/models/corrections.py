"""What speakers set right."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CorrectionEvent(models.Model):
    """A correction of a report, made or taken back. No words: `label` is a pack's, or empty.

    `kind` is that of the correction; `source` says whose work was set right: "rule", "ai", "user"
    (something said earlier) or "none", where there was nothing before.
    """

    made = models.BooleanField()  # or taken back
    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=10)
    label = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=5)
    run_id = models.UUIDField(null=True, db_index=True)
    owner_id = models.BigIntegerField(null=True, db_index=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.kind} ({self.source})"
