"""What is timed, of a day: the measures, the addresses of the API, the pages of the dashboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Final

from django.test import Client

from accounts_app.models import User
from benchmarks.metrics_rows import NOW
from metrics_app.measures import calls, days, ever, runs, spending
from metrics_app.measures.calls import CallsIn
from metrics_app.windows import Window

WINDOW: Final = Window.last(24 * 60, NOW)
MEASURES: Final[Mapping[str, Callable[[], object]]] = {
    "latency of calls": lambda: calls.latency(WINDOW),
    "latency of calls by purpose": lambda: calls.latency(WINDOW, by="purpose"),
    "latency of calls by model": lambda: calls.latency(WINDOW, by="model"),
    "latency of calls, all three": lambda: CallsIn(WINDOW).latencies("", "purpose", "model"),
    "totals of calls": lambda: calls.totals(WINDOW),
    "totals of calls by model": lambda: calls.totals(WINDOW, by="model"),
    "cost": lambda: spending.cost(WINDOW),
    "durations of runs": lambda: runs.durations(WINDOW),
    "durations of runs by mode": lambda: runs.durations(WINDOW, by="mode"),
    "durations of stages": lambda: runs.stage_durations(WINDOW),
    "totals of runs": lambda: runs.totals(WINDOW),
    "30 days": lambda: days.days(NOW.date(), 30),
    "everything there ever was": ever.prometheus_totals,
}
API: Final = ("dashboard", "performance", "costs", "quality", "cache", "health")
PAGES: Final = {"now": "", "speed": "speed/", "advice": "advice/", "trends": "trends/"}


def cases(only: str = "") -> dict[str, Callable[[], object]]:
    """By name; those whose name holds `only`."""
    api = {f"api: {name}": partial(_got, f"/api/metrics/{name}?window=1440") for name in API}
    pages = {
        f"page: {name}": partial(_got, f"/staff/metrics/{path}?window=1440&kind=session")
        for name, path in PAGES.items()
    }
    whole = {"everything, for Prometheus": partial(_got, "/metrics")}
    every: dict[str, Callable[[], object]] = {**MEASURES, **whole, **api, **pages}
    return {name: case for name, case in every.items() if only in name}


def _got(address: str) -> None:
    answer = _staff().get(address)
    if answer.status_code != 200:  # noqa: PLR2004 - all is well
        raise RuntimeError(f"{address}: {answer.status_code}")


@cache
def _staff() -> Client:
    browser = Client(headers={"host": "localhost"})
    browser.force_login(User.objects.create(email="staff@example.com", is_staff=True))
    return browser
