"""Whether the database, Redis and the models' server answer, and what waits in the queues."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeVar

from django.conf import settings
from django.db import Error, connection
from django.db.models import Avg, Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from redis import Redis
from redis.exceptions import RedisError

from ai.errors import Outcome
from metrics_app.alerts.breakers import open_breakers
from metrics_app.look import Look
from metrics_app.models import Call
from metrics_app.queries import NOT_SENT
from metrics_app.queue_state import QueueState, queue_state

__all__ = ["Check", "Health", "QueueState", "health"]

LONGEST_SECONDS: Final = 2.0
MODEL_MINUTES: Final = 5
FAILING_SHARE: Final = 0.1
"""Of the calls; above it the server counts as down. So says the rule of its alert."""
FEWEST_CALLS: Final = 10
"""From as many on they are held against that share; so says the same rule."""
SERVER_FAILED: Final = (
    Outcome.RATE_LIMITED,
    Outcome.SERVER_ERROR,
    Outcome.CONNECTION,
    Outcome.TIMEOUT,
    Outcome.QUOTA_EXHAUSTED,
    Outcome.REJECTED,
)
OUR_OWN: Final = (Outcome.CANCELLED, *NOT_SENT)  # say nothing of the server

Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Check:
    """`ms`: until it answered, `None` where it did not; of models, the mean of their answers.

    `detail` holds no address and no password. Not `known`: nothing speaks against it, or for it.
    """

    ok: bool
    ms: float | None
    detail: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class Health:
    """`queues` is empty while Redis is away."""

    database: Check
    redis: Check
    queues: tuple[QueueState, ...]
    model_api: Check


@dataclass(frozen=True, slots=True)
class AtRedis:
    """What is seen there. `left_alone`: models to which no calls are sent for now."""

    queues: tuple[QueueState, ...] = ()
    left_alone: tuple[str, ...] = ()


def health() -> Health:
    """Never raises, and waits `LONGEST_SECONDS` for what does not answer. `model_api` is judged by
    the breakers, and by the calls of the last `MODEL_MINUTES` where there are enough; no call is
    made for it.
    """
    until = time.monotonic() + LONGEST_SECONDS
    at_database = Look(_database, (Error,), name="look at the database")
    at_redis = Look(_redis, (RedisError,), name="look at Redis")
    database, _nothing = _answer(at_database, until, ())
    redis, seen = _answer(at_redis, until, AtRedis())
    return Health(database, redis, seen.queues, _model_api(database, seen.left_alone))


def _answer(look: Look[tuple[float, Seen]], until: float, otherwise: Seen) -> tuple[Check, Seen]:
    try:
        ms, seen = look.seen(until)
    except TimeoutError:
        return Check(False, None, _("no answer within %d s") % LONGEST_SECONDS), otherwise
    except (Error, RedisError) as error:
        return Check(False, None, type(error).__name__), otherwise
    return Check(True, ms, ""), seen


def _database() -> tuple[float, tuple[()]]:
    """Over a connection of its own; a table of ours is read, which an empty database lacks."""
    begun = time.perf_counter()
    with closing(connection):
        Call.objects.order_by().values_list("pk").first()
        return _ms_since(begun), ()


def _redis() -> tuple[float, AtRedis]:
    begun = time.perf_counter()
    with Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=LONGEST_SECONDS,
        socket_connect_timeout=LONGEST_SECONDS,
        retry=None,
        protocol=2,  # no greeting
    ) as redis:
        redis.ping()
        ms = _ms_since(begun)
        queues = tuple(queue_state(name, redis) for name in settings.RQ_QUEUES)
    return ms, AtRedis(queues, tuple(open_breakers()))


def _ms_since(begun: float) -> float:
    return round((time.perf_counter() - begun) * 1000, 1)


def _model_api(database: Check, left_alone: Sequence[str]) -> Check:
    """A server that is left alone is away, whatever the calls before that say, and without any."""
    if left_alone:
        models = ", ".join(left_alone)
        return Check(False, None, _("no calls are sent to %s: it failed too often") % models)
    unknown = Check(True, None, _("not known while the database is away"), known=False)
    if not database.ok:
        return unknown
    try:
        return _judged()
    except Error:
        return unknown


def _judged() -> Check:
    since = timezone.now() - timedelta(minutes=MODEL_MINUTES)
    calls = Call.objects.filter(started_at__gte=since, cache_hit=False).exclude(outcome__in=OUR_OWN)
    counted = calls.order_by().aggregate(
        calls=Count("id"),
        failed=Count("id", filter=Q(outcome__in=SERVER_FAILED)),
        ms=Avg("latency_ms"),
    )
    if not counted["calls"]:
        nothing = _("no calls in the last %d minutes") % MODEL_MINUTES
        return Check(True, None, nothing, known=False)
    detail = _("%(failed)d of %(calls)d calls failed in the last %(minutes)d minutes") % (
        counted | {"minutes": MODEL_MINUTES}
    )
    if counted["calls"] < FEWEST_CALLS:
        return Check(True, counted["ms"], detail, known=False)
    return Check(counted["failed"] <= counted["calls"] * FAILING_SHARE, counted["ms"], detail)
