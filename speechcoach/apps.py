from django.apps import AppConfig


class SpeechCoachConfig(AppConfig):
    name = "speechcoach"
    verbose_name = "Speech Coach"

    def ready(self) -> None:
        from speechcoach import setting_checks  # noqa: F401, PLC0415 - registers itself
