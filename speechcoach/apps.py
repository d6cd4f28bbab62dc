from django.apps import AppConfig
from django.conf import settings

from speechcoach import translations


class SpeechCoachConfig(AppConfig):
    name = "speechcoach"
    verbose_name = "Speech Coach"

    def ready(self) -> None:
        from speechcoach import (  # noqa: PLC0415 - they register themselves
            exposure_checks,  # noqa: F401
            model_checks,  # noqa: F401
            retirements,  # noqa: F401
            setting_checks,  # noqa: F401
            storage_checks,  # noqa: F401
        )

        translations.provide(settings.BASE_DIR / "locale", settings.LOCALE_PATHS[0])
