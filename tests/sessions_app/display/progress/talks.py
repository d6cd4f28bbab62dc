"""Talks of the progress page that no database knows."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta

from sessions_app.display.progress.talks import Talk
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.norms import pace_norm
from sessions_app.speech.scores import score
from tests.sessions_app.progressing import FIRST, LONG


def talk(metrics: Metrics = LONG, day: int = 0, target_wpm: int | None = None) -> Talk:
    return Talk(
        key=uuid.uuid4(),
        title=f"Talk {day}",
        created_at=FIRST + timedelta(days=day),
        kind="presentation",
        target_wpm=target_wpm,
        run=uuid.uuid4(),
        metrics=metrics,
        scores=score(metrics, pace_norm(target_wpm)),
    )


def row(measured: Sequence[Metrics]) -> list[Talk]:
    """A talk a day, oldest first."""
    return [talk(metrics, day) for day, metrics in enumerate(measured)]
