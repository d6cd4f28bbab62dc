"""What leaves this server, and where to: said before the first upload."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from ai.config import Endpoint, Models
from speechcoach.model_config import model_config


@dataclass(frozen=True, slots=True)
class Sharing:
    """Hosts, and the names of the models there; empty where nothing is sent.

    `answer_days` is how long answers of the models are kept on this server.
    """

    audio_to: str
    audio_model: str
    text_to: str
    text_models: str
    answer_days: int


def sharing() -> Sharing | None:
    """`None` where no model is configured: nothing leaves this server."""
    config = model_config()
    if config is None:
        return None
    return Sharing(
        audio_to=_host(config.transcription),
        audio_model=config.models.transcription if config.transcription else "",
        text_to=_host(config.chat),
        text_models=_readers(config.models) if config.chat else "",
        answer_days=config.answer_days,
    )


def _readers(models: Models) -> str:
    """Of the words of a talk, each once."""
    names = (
        models.analysis,
        settings.AI_MODEL_EXPERIMENTAL,
        models.coaching,
        models.embedding,
    )
    return ", ".join(dict.fromkeys(name for name in names if name))


def _host(endpoint: Endpoint | None) -> str:
    """With the port, and without name and password that may stand before it."""
    return urlsplit(endpoint.base_url).netloc.rpartition("@")[2] if endpoint else ""
