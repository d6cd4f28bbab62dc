"""What a load balancer asks. Anybody may: there is nothing in it but yes and no."""

from __future__ import annotations

from typing import Final

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from metrics_app.health import health

FIRST_QUEUE: Final = "default"  # people wait for what is in it
KEPT_SECONDS: Final = 1  # so that many who ask are one look
KEY: Final = "metrics_app.probes"
OWN: Final = "own"  # what this process sees is not what another one does


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is looked at."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """503 unless all that a talk needs is there: database, Redis, and a worker at the queue."""
    parts: dict[str, bool] = caches[OWN].get_or_set(KEY, _parts, KEPT_SECONDS) or {}
    ready = all(parts.values())
    return JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)


def _parts() -> dict[str, bool]:
    state = health()
    return {
        "database": state.database.ok,
        "redis": state.redis.ok,
        "queue": any(queue.name == FIRST_QUEUE and queue.workers for queue in state.queues),
    }
