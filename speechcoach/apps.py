from django.apps import AppConfig


class SpeechCoachConfig(AppConfig):
    name = "speechcoach"
    verbose_name = "Speech Coach"
