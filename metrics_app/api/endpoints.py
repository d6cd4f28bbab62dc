"""The addresses of the API. A value that will not do is a 422 that says why."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import NinjaAPI, Query, Router
from ninja.errors import HttpError

from metrics_app.api import answers, caching, costs, dashboard, performance, quality, state
from metrics_app.api.auth import StaffSession, StaffToken
from metrics_app.api.question import Question

NAMESPACE = "metrics_api"

router = Router(tags=["metrics"])


@router.get("/dashboard", response=answers.Dashboard, url_name="api_dashboard")
def key_figures(request: HttpRequest, question: Query[Question]) -> answers.Dashboard:
    """The key figures with their targets, open alerts and health."""
    return dashboard.dashboard(_understood(request, question))


@router.get("/performance", response=answers.Performance, url_name="api_performance")
def how_fast(request: HttpRequest, question: Query[Question]) -> answers.Performance:
    """How long runs, their stages and calls took, and how they ended."""
    return performance.performance(_understood(request, question))


@router.get("/costs", response=answers.Costs, url_name="api_costs")
def how_much(request: HttpRequest, question: Query[Question]) -> answers.Costs:
    """Calls, tokens and US dollars by model, and what a day and a month like this would cost."""
    return costs.costs(_understood(request, question))


@router.get("/quality", response=answers.Quality, url_name="api_quality")
def how_good(request: HttpRequest, question: Query[Question]) -> answers.Quality:
    """Agreement of rules and model, fallbacks, and corrections by users."""
    return quality.quality(_understood(request, question))


@router.get("/cache", response=answers.Cache, url_name="api_cache")
def how_often_kept(request: HttpRequest, question: Query[Question]) -> answers.Cache:
    """How many answers were found instead of asked for."""
    return caching.cache(_understood(request, question))


@router.get("/health", response=answers.State, url_name="api_health")
def how_healthy(request: HttpRequest, question: Query[Question]) -> answers.State:
    """Database, Redis, queues and workers, the models' server."""
    _understood(request, question)
    return state.state()


def _understood(request: HttpRequest, question: Question) -> Question:
    """A misspelt filter is no filter: it is refused, like a bad value."""
    if unknown := sorted(set(request.GET) - set(Question.model_fields)):
        known = ", ".join(Question.model_fields)
        raise HttpError(422, f"Not known: {', '.join(unknown)}. There are: {known}.")
    return question


api = NinjaAPI(
    title="Speech Coach metrics",
    version="1",
    description="For staff, signed in or with a token. docs/metrics.md says how to get one.",
    urls_namespace=NAMESPACE,
    auth=[StaffToken(), StaffSession()],
    docs_url=None,  # such a page would load its scripts from elsewhere
)
api.add_router("", router)
