"""The bounds on one talk, as settings give them."""

from __future__ import annotations

from django.conf import settings

from sessions_app.stages.context import Limits


def talk_limits() -> Limits:
    return Limits(
        max_bytes=settings.UPLOAD_MAX_MB * 1024 * 1024,
        max_minutes=settings.TALK_MAX_MINUTES,
        min_sound_ms=settings.TALK_MIN_SOUND_MS,
        decoder_memory_mb=settings.DECODER_MEMORY_MB,
        decoder_seconds=settings.DECODER_SECONDS,
    )
