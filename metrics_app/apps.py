from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MetricsConfig(AppConfig):
    name = "metrics_app"
    verbose_name = "Metrics"

    def ready(self) -> None:
        autodiscover_modules("alert_admin", "flag_admin", "token_admin")  # beside `admin`
