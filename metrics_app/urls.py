from django.urls import path

from metrics_app import probes, scraping
from metrics_app.api.endpoints import api

urlpatterns = [
    path("api/metrics/", api.urls),
    path("metrics", scraping.metrics, name="prometheus"),
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
]
