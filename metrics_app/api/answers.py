"""What the API answers. What is not known is null, never 0."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import Field, PlainSerializer, WithJsonSchema

Usd = Annotated[
    Decimal,
    PlainSerializer(lambda usd: format(usd, "f"), return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d+(\.\d+)?$",
            "description": "US dollars, a string because they are exact",
            "examples": ["0.01230000"],
        }
    ),
]
Share = Annotated[float, Field(description="From 0 to 1")]


class Asked(Schema):
    """What the figures are of; `until` is not included."""

    since: datetime
    until: datetime
    window: Annotated[int, Field(description="Minutes")]
    operation: str
    kind: str
    priority: str


class Times(Schema):
    """Milliseconds, null without a sample.

    `error_bound` is null where percentiles are exact, else their largest relative error.
    """

    count: int
    avg: float | None
    min: float | None
    median: float | None
    p95: float | None
    p99: float | None
    max: float | None
    error_bound: float | None


class Outcomes(Schema):
    """How runs, or attempts at calls, ended. Cancelled ones are no errors."""

    count: int
    error_rate: Share | None
    by_outcome: dict[str, int]


class Performance(Schema):
    """`runs` and `stages` are of completed runs that took nothing over from an earlier one, from
    their first worker to their end. `calls` are single attempts; `calls_held_back` were never sent,
    because our own spending cap (`spend_cap`), breaker or budget (`unavailable`) stood in the way.
    """

    asked: Asked
    runs: Times
    runs_by_kind: dict[str, Times]
    stages: dict[str, Times]
    calls: Times
    calls_by_operation: dict[str, Times]
    calls_by_model: dict[str, Times]
    run_outcomes: Outcomes
    call_outcomes: Outcomes
    calls_held_back: dict[str, int]


class Spent(Schema):
    """`usd` is what is priced; `unpriced` calls come on top. The projections take the window's
    rate for 24 hours and for 30 days.
    """

    calls: int
    unpriced: int
    tokens_in: int
    tokens_cached: int
    tokens_out: int
    audio_ms: int
    usd: Usd
    usd_per_call: Usd | None
    projected_day: Usd | None
    projected_month: Usd | None


class Costs(Schema):
    asked: Asked
    total: Spent
    usd_per_run: Usd | None
    by_model: dict[str, Spent]


class Correction(Schema):
    """`source` says whose work was set right: rule, ai, user or none."""

    kind: str
    source: str
    made: int
    taken_back: int


class Quality(Schema):
    """`checked` runs had the fillers of rules and model compared: their mean difference is
    `agreement_difference`, and `regenerated` ones had their coaching regenerated. `asked_model`
    runs were to have their calls side by side and came as far as that; `parallel` of them did, and
    were completed. `fallback_rate` is that of runs which came down to less than was asked for.
    `corrections` are those of users, null where the filters cannot tell them apart.
    """

    asked: Asked
    runs: int
    checked: int
    regenerated: int
    regeneration_rate: Share | None
    agreement_difference: Share | None
    asked_model: int
    parallel: int
    parallel_rate: Share | None
    degraded: int
    fallback_rate: Share | None
    corrections: list[Correction] | None
    drill_scores: float | None
    first_pass_rate: Share | None


class Hits(Schema):
    """`could_hit`: calls whose answer was kept, whether or not it was used."""

    hits: int
    could_hit: int
    hit_rate: Share | None


class ServerCache(Schema):
    """Tokens that the models' server found in its own cache, of all sent to it."""

    tokens_in: int
    tokens_cached: int
    rate: Share | None


class Cache(Schema):
    """`answers` are those kept here; `server` is the cache of the models' server."""

    asked: Asked
    answers: Hits
    by_operation: dict[str, Hits]
    server: ServerCache


class Part(Schema):
    """`ok` is null where nothing is known; `ms` until it answered, of models the mean."""

    ok: bool | None
    ms: float | None
    detail: str


class Queue(Schema):
    name: str
    waiting: int
    oldest_seconds: float | None
    workers: int


class State(Schema):
    """As it is now, whatever window was asked for; `model_api` goes by the last five minutes.
    `queues` is null while Redis is away.
    """

    database: Part
    redis: Part
    model_api: Part
    queues: list[Queue] | None


class Indicator(Schema):
    """A value with what it rests on and where it should be; null where no target is set."""

    value: float | None
    sample: int
    at_least: float | None = None
    at_most: float | None = None


class OpenAlert(Schema):
    rule: str
    severity: str
    opened_at: datetime
    value: float | None
    threshold: float | None
    sample: int | None


class Dashboard(Schema):
    """The key figures: times in milliseconds, rates as shares. `run_ms_…` are of completed runs
    that took nothing over from an earlier one, and of the queue `default` unless another is asked
    for: rough drafts take minutes.
    """

    asked: Asked
    run_ms_avg: Indicator
    run_ms_p95: Indicator
    parallel_rate: Indicator
    regeneration_rate: Indicator
    error_rate: Indicator
    cache_hit_rate: Indicator
    usd: Usd
    unpriced: int
    usd_per_run: Usd | None
    projected_day: Usd | None
    alerts: list[OpenAlert]
    health: State
