"""Which rules speakers contradict."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q

from metrics_app.models import CorrectionEvent
from metrics_app.windows import Window

MOST = 3
_NOT_A_FILLER, _RULE = "not_a_filler", "rule"


@dataclass(frozen=True, slots=True)
class Corrected:
    """How often speakers said of what a rule counted as `label` that it is no filler, less how
    often they took that back.
    """

    label: str
    language: str
    times: int


def most_corrected(window: Window) -> tuple[Corrected, ...]:
    """The most frequent first."""
    events = CorrectionEvent.objects.filter(
        at__gte=window.since, at__lt=window.until, kind=_NOT_A_FILLER, source=_RULE
    )
    counted = (
        events.exclude(label="")
        .order_by()
        .values("label", "language")
        .annotate(times=Count("id", filter=Q(made=True)) - Count("id", filter=Q(made=False)))
        .filter(times__gt=0)
        .order_by(F("times").desc(), "label", "language")
    )
    return tuple(Corrected(**row) for row in counted[:MOST])
