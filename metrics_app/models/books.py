"""Kept answers, and what was spent."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

NOBODY = 0  # owns the answers asked for on the command line
EVERYBODY = 0  # spends what all spend together


class KeptAnswer(models.Model):
    """A finished answer of a model, so that nobody pays for it twice. Of its owner alone.

    `about` is what it was asked about, such as a talk: it goes when that is deleted.
    """

    owner_id = models.BigIntegerField()  # or `NOBODY`
    key = models.CharField(max_length=64)
    about = models.UUIDField(null=True, db_index=True)
    answer = models.TextField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner_id", "key"], name="answer_once"),
        ]

    def __str__(self) -> str:
        return self.key


class Spending(models.Model):
    """US dollars spent or set aside on one day (UTC) for one owner, or for `EVERYBODY`."""

    day = models.DateField()
    owner_id = models.BigIntegerField()
    usd = models.DecimalField(max_digits=14, decimal_places=8, default=Decimal(0))

    class Meta:
        verbose_name = _("spending of a day")
        verbose_name_plural = _("spending by day")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "owner_id"], name="spending_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.owner_id}: {self.usd}"
