"""How healthy, at this moment."""

from __future__ import annotations

from metrics_app.api.answers import Part, Queue, State
from metrics_app.health import Check, health


def state() -> State:
    now = health()
    queues = [Queue.model_validate(queue, from_attributes=True) for queue in now.queues]
    return State(
        database=_part(now.database),
        redis=_part(now.redis),
        model_api=_part(now.model_api),
        queues=queues if now.redis.ok else None,
    )


def _part(check: Check) -> Part:
    return Part(ok=check.ok if check.known else None, ms=check.ms, detail=check.detail)
