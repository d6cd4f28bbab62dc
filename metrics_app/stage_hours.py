"""How long the stages took, by the hour: there are several of each run, soon too many to read."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from metrics_app.histograms import of_latencies
from metrics_app.measures.exact import values
from metrics_app.models import HourlyStages, Run, StageTiming
from metrics_app.packing import pack
from metrics_app.queries import WHOLE
from metrics_app.windows import HOUR

KEYS: Final = ("run__kind", "run__queue", "stage")


def add_up_stages(hour: datetime) -> None:
    """Of the runs that ended in it; within the transaction that adds these up."""
    whole = Run.objects.filter(WHOLE, finished_at__gte=hour, finished_at__lt=hour + HOUR)
    times = values(StageTiming.objects.filter(run__in=whole), "duration_ms", KEYS)
    HourlyStages.objects.bulk_create(
        [
            HourlyStages(
                hour=hour,
                kind=kind,
                queue=queue,
                stage=stage,
                duration_ms=int(known.sum()),
                durations=of_latencies(known),
                milliseconds=pack(known),
            )
            for (kind, queue, stage), known in times.items()
        ],
        update_conflicts=True,
        unique_fields=["hour", "kind", "queue", "stage"],
        update_fields=["duration_ms", "durations", "milliseconds"],
    )
