from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

from metrics_app.flag_rows import create_missing


class MetricsConfig(AppConfig):
    name = "metrics_app"
    verbose_name = "Metrics"

    def ready(self) -> None:
        post_migrate.connect(create_missing, sender=self)
        autodiscover_modules("alert_admin", "flag_admin", "token_admin")  # beside `admin`
