"""Everything that is looked at afterwards, from a product that is at rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.conf import settings

from sessions_app import doorbell
from tests.acceptance.system import System
from tests.chaos import answers, bookkeeping, talks
from tests.chaos.deaths import Death
from tests.chaos.evidence import Evidence, Recovery
from tests.chaos.kills import Kill
from tests.chaos.uploads import Uploader
from tests.deadline import eventually
from tests.simulator import Simulator

QUIET_SECONDS: Final = 120.0  # for embeddings, when nobody kills any more


def gather(
    simulator: Simulator,
    system: System,
    uploader: Uploader,
    *,
    kills: Sequence[Kill],
    deaths: Sequence[Death],
    seconds: float,
    recoveries: Sequence[Recovery] = (),
) -> Evidence:
    """Stops the product. Raises `AssertionError` when it does not come to rest."""
    eventually(lambda: _is_quiet(simulator), seconds=QUIET_SECONDS, what="no call is open")
    system.stop()  # nothing changes any more while it is read
    return Evidence(
        acknowledged=uploader.acknowledged,
        unanswered=uploader.unanswered,
        talks=talks.read(),
        kills=kills,
        deaths=deaths,
        answers=answers.read(simulator),
        bill=simulator.bill().total,
        books=bookkeeping.read(),
        quarantine=settings.QUARANTINE_DEATHS,
        seconds=seconds,
        recoveries=recoveries,
    )


def _is_quiet(simulator: Simulator) -> bool:
    open_calls = [asked for asked in simulator.log() if asked.end is None]
    return not open_calls and not doorbell.waiting(doorbell.LOW)
