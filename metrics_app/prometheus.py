"""The metrics in Prometheus' terms.

Names and labels are OpenTelemetry's for generative AI where it has any (semantic conventions for
GenAI metrics), with `.` written as `_`; the purpose of a call is a label of our own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import Final

from django.conf import settings
from django.db import Error
from django.db.models import Count
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

from ai.errors import Outcome
from metrics_app.alerts.queries import open_alerts
from metrics_app.health import Health, health
from metrics_app.histograms import LATENCY_BOUNDS, TOKEN_BOUNDS
from metrics_app.measures.ever import CallsEver, Counted, Ever, RunsEver, prometheus_totals
from metrics_app.models import Outcome as RunOutcome
from metrics_app.models import Severity

OPERATIONS: Final = {"embeddings": "embeddings", "transcription": "transcription"}
"""By purpose; all others are chats. OpenTelemetry has no name yet for the second."""
CALL: Final = ("gen_ai_operation_name", "gen_ai_request_model", "purpose")
RUN: Final = ("kind", "mode", "outcome")
MODES: Final = ("parallel", "sequential", "rule_based", "")
"""Of runs, known ahead; the last is of those that never came so far."""

Labels = tuple[str, ...]


class Everything(Collector):
    """All that `/metrics` says. Without the database only how healthy the parts are.

    What has not happened yet is told as 0 where its labels are known: `rate` and `increase` see
    nothing of a series' first value.
    """

    def collect(self) -> Iterator[Metric]:
        state = health()
        yield from _state(state)
        if not state.database.ok:
            return
        try:
            ever, alerts = prometheus_totals(), _alerts()
        except Error:  # gone since: Prometheus takes what there is, as it does with no answer
            return
        yield alerts
        yield from _calls(ever)
        yield from _runs(ever.runs)


def _state(state: Health) -> Iterator[Metric]:
    healthy = GaugeMetricFamily(
        "speechcoach_healthy", "1 while a part answers, 0 while it does not", labels=["part"]
    )
    for part in ("database", "redis", "model_api"):
        check = getattr(state, part)
        if check.known:
            healthy.add_metric([part], float(check.ok))
    yield healthy
    waiting = _queue_gauge("speechcoach_queue_waiting", "Jobs that nobody has taken yet")
    oldest = _queue_gauge(
        "speechcoach_queue_oldest_seconds", "How long the first in line has waited"
    )
    workers = _queue_gauge("speechcoach_workers", "Workers that give signs of life")
    for queue in state.queues:
        waiting.add_metric([queue.name], queue.waiting)
        oldest.add_metric([queue.name], queue.oldest_seconds or 0)
        workers.add_metric([queue.name], queue.workers)
    yield from (waiting, oldest, workers)


def _queue_gauge(name: str, about: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, about, labels=["queue"])


def _alerts() -> Metric:
    found = open_alerts().order_by().values_list("severity")
    counts = dict(found.annotate(Count("pk")))
    alerts = GaugeMetricFamily("speechcoach_alerts_open", "Alerts", labels=["severity"])
    for severity in Severity.values:
        alerts.add_metric([severity], counts.get(severity, 0))
    return alerts


def _calls(ever: Ever) -> Iterator[Metric]:
    asked = [row for row in ever.calls if not row.cache_hit]
    known = {_call(row) for row in ever.calls}
    yield _histogram(
        "gen_ai_client_operation_duration_seconds", "Attempts at calls of a model",
        (*CALL, "error_type"), LATENCY_BOUNDS,
        (((*_call(row), _error(row)), row.latency) for row in asked),
        known={(*call, "") for call in known},
    )  # fmt: skip
    yield _histogram(
        "gen_ai_client_token_usage", "Tokens of a call; input includes what the server had cached",
        (*CALL, "gen_ai_token_type"), TOKEN_BOUNDS, _tokens(asked),
        known={(*call, kind) for call in known for kind in ("input", "output")},
    )  # fmt: skip
    yield _counter(
        "speechcoach_calls", "Attempts at calls, and calls held back", (*CALL, "outcome"),
        (((*_call(row), row.outcome), row.calls) for row in asked),
        known={(*call, outcome) for call in known for outcome in Outcome},
    )  # fmt: skip
    for name, about, figure in COUNTED_OF_CALLS:
        yield _counter(name, about, CALL, ((_call(row), figure(row)) for row in ever.calls))


COUNTED_OF_CALLS: Final[tuple[tuple[str, str, Callable[[CallsEver], float]], ...]] = (
    ("speechcoach_cost_usd", "US dollars, of what is priced", lambda row: float(row.usd)),
    ("speechcoach_calls_unpriced", "Calls whose cost is not known", lambda row: row.unpriced),
    (
        "speechcoach_tokens_cached",
        "Input tokens the server had cached",
        lambda row: row.tokens_cached,
    ),
    ("speechcoach_audio_seconds", "Sound sent to be written down", lambda row: row.audio_ms / 1000),
    (
        "speechcoach_cache_hits",
        "Answers that were found instead of asked for",
        lambda row: row.calls if row.cache_hit else 0,
    ),
    ("speechcoach_cache_lookups", "Calls whose answer was kept already", lambda row: row.could_hit),
)


def _call(row: CallsEver) -> Labels:
    return (OPERATIONS.get(row.purpose, "chat"), row.model, row.purpose)


def _error(row: CallsEver) -> str:
    """Empty, which is as good as no label, for what succeeded."""
    return "" if row.outcome == Outcome.OK else row.outcome


def _tokens(rows: Iterable[CallsEver]) -> Iterator[tuple[Labels, Counted]]:
    for row in rows:
        yield (*_call(row), "input"), row.tokens_in
        yield (*_call(row), "output"), row.tokens_out


def _runs(rows: Sequence[RunsEver]) -> Iterator[Metric]:
    labelled = [((row.kind, row.mode, row.outcome), row) for row in rows]
    kinds = {*settings.TARGET_SECONDS, *(row.kind for row in rows)}
    yield _counter(
        "speechcoach_runs", "Runs that have ended", RUN, ((key, row.runs) for key, row in labelled),
        known=product(kinds, MODES, RunOutcome.values),
    )  # fmt: skip
    yield _histogram(
        "speechcoach_run_duration_seconds", "Runs, from their first worker to their end", RUN,
        LATENCY_BOUNDS, ((key, row.duration) for key, row in labelled),
        known=product(kinds, MODES, [RunOutcome.COMPLETED.value]),  # of others it says nothing
    )  # fmt: skip


def _counter(
    name: str,
    about: str,
    labels: Sequence[str],
    rows: Iterable[tuple[Labels, float]],
    *,
    known: Iterable[Labels] = (),
) -> Metric:
    """`_total` is added to the name."""
    sums: dict[Labels, float] = defaultdict(float, dict.fromkeys(sorted(known), 0.0))
    for key, more in rows:
        sums[key] += more
    counter = CounterMetricFamily(name, about, labels=labels)
    for key, value in sums.items():
        counter.add_metric(key, value)
    return counter


def _histogram(
    name: str,
    about: str,
    labels: Sequence[str],
    bounds: Sequence[float],
    rows: Iterable[tuple[Labels, Counted]],
    *,
    known: Iterable[Labels] = (),
) -> Metric:
    """What has the same labels is added up."""
    nothing = Counted(0, 0, (0,) * (len(bounds) + 1))
    grouped: dict[Labels, list[Counted]] = defaultdict(list)
    for key in sorted(known):
        grouped[key].append(nothing)
    for key, counted in rows:
        grouped[key].append(counted)
    names = [*map(floatToGoString, bounds), "+Inf"]
    histogram = HistogramMetricFamily(name, about, labels=labels)
    for key, parts in grouped.items():
        sums = (sum(column) for column in zip(*(part.buckets for part in parts), strict=True))
        buckets = list(zip(names, sums, strict=True))
        histogram.add_metric(key, buckets, sum(part.sum for part in parts))
    return histogram
