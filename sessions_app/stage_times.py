"""How long the stages of other talks took."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from statistics import median

from django.db.models import QuerySet
from django.utils import timezone

from sessions_app.models import RunStage, SessionRun, StageState
from sessions_app.stages.outputs import Mode, StageName
from speechcoach.model_config import model_config

FEWEST = 5
"""Fewer talks promise nothing."""

MOST_ROWS = 300
RECENT = timedelta(days=30)
"""A server and the models it asks are what they were last month, at most."""

ALIKE = 2
"""A talk at most twice as long, or half as long, is about as long: some stages take their time by
the minute of talk and others do not."""


def usual_ms(run: SessionRun, length_ms: int | None = None) -> Mapping[str, int]:
    """The median duration of each stage in ms, of recent talks about as long as this one whose
    words came from the same place and that were read by an AI if this one will be. Without a
    stage where that is known of too few, and empty while the length of this talk is not known.

    `length_ms` is for whoever knows it.
    """
    length = length_ms or _length_ms(run)
    if length is None:
        return {}
    taken: dict[str, list[int]] = defaultdict(list)
    for row in _alike(run, length).only("stage", "duration_ms")[:MOST_ROWS]:
        taken[row.stage].append(row.duration_ms or 0)
    return {stage: round(median(all_)) for stage, all_ in taken.items() if len(all_) >= FEWEST}


def _length_ms(run: SessionRun) -> int | None:
    """Of the recording, once it is read."""
    media = RunStage.objects.filter(run=run, stage=StageName.MEDIA, output__isnull=False)
    length: int | None = media.values_list("output__duration_ms", flat=True).first()
    return length


def _alike(run: SessionRun, length_ms: int) -> QuerySet[RunStage]:
    """Newest first."""
    rows = RunStage.objects.filter(
        state=StageState.DONE,
        attempt=1,
        duration_ms__isnull=False,
        run__queued_at__gte=timezone.now() - RECENT,
        run__queue=run.queue,
        run__metrics__duration_ms__range=(length_ms // ALIKE, length_ms * ALIKE),
    ).order_by("-run__queued_at", "-pk")
    own_text = {"run__session__transcript_text": ""}
    rows = rows.exclude(**own_text) if run.session.transcript_text else rows.filter(**own_text)
    by_rules = {"run__mode": Mode.RULE_BASED}
    config = model_config()
    read = config is not None and config.chat is not None and run.wanted_mode != Mode.RULE_BASED
    return rows.exclude(**by_rules) if read else rows.filter(**by_rules)
