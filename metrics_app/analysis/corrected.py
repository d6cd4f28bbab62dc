"""Which rules speakers contradict."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q

from metrics_app.models import CorrectionEvent
from metrics_app.windows import Window

MOST: Final = 3
LEAST_TIMES: Final = 5
LEAST_PEOPLE: Final = 2
"""What it takes to blame a rule: neither a click nor a person alone says anything of it."""

_NOT_A_FILLER, _RULE = "not_a_filler", "rule"


@dataclass(frozen=True, slots=True)
class Corrected:
    """How often speakers said of what a rule counted as `label` that it is no filler, less how
    often they took that back; and how many speakers still say so.
    """

    label: str
    language: str
    times: int
    people: int


def most_corrected(window: Window) -> tuple[Corrected, ...]:
    """The most frequent first, without what rests on too little. One query.

    Speakers who are gone have no name any more, and count as one.
    """
    times: dict[tuple[str, str], list[int]] = defaultdict(list)
    for label, language, _owner, count in _by_speaker(window):
        if count > 0:
            times[label, language].append(count)
    found = [
        Corrected(label, language, sum(counts), len(counts))
        for (label, language), counts in times.items()
        if sum(counts) >= LEAST_TIMES and len(counts) >= LEAST_PEOPLE
    ]
    return tuple(sorted(found, key=lambda each: (-each.times, each.label, each.language))[:MOST])


def _by_speaker(window: Window) -> list[tuple[str, str, int | None, int]]:
    events = CorrectionEvent.objects.filter(
        at__gte=window.since, at__lt=window.until, kind=_NOT_A_FILLER, source=_RULE
    )
    times = Count("id", filter=Q(made=True)) - Count("id", filter=Q(made=False))
    counted = events.exclude(label="").order_by().values_list("label", "language", "owner_id")
    return list(counted.annotate(times=times))
