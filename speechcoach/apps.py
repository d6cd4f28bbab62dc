from django.apps import AppConfig


class SpeechCoachConfig(AppConfig):
    name = "speechcoach"
    verbose_name = "Speech Coach"

    def ready(self) -> None:
        from speechcoach import (  # noqa: PLC0415 - they register themselves
            model_checks,  # noqa: F401
            retirements,  # noqa: F401
            setting_checks,  # noqa: F401
        )
