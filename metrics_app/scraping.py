"""`/metrics`, for Prometheus."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client.exposition import choose_encoder

from metrics_app.prometheus import Everything
from metrics_app.scrapers import may_scrape


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """In the format that is asked for: Prometheus' own, or OpenMetrics."""
    if not may_scrape(request):
        refused = _("Staff only, or a token: Authorization: Bearer …")
        return HttpResponse(refused, status=401, headers={"WWW-Authenticate": "Bearer"})
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return HttpResponse(encode(Everything()), content_type=content_type)
