from django.urls import path

from metrics_app import probes, scraping
from metrics_app.api.endpoints import api
from metrics_app.views import dashboard, experiments

urlpatterns = [
    path("api/metrics/", api.urls),
    path("metrics", scraping.metrics, name="prometheus"),
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("staff/metrics/", dashboard.dashboard, name="dashboard"),
    path("staff/metrics/speed/", dashboard.speed, name="dashboard_speed"),
    path("staff/metrics/advice/", dashboard.advice, name="dashboard_advice"),
    path("staff/metrics/trends/", dashboard.trends, name="dashboard_trends"),
    path("staff/experiments/", experiments.experiments, name="experiments"),
]
