"""The ways on which notices go. One that fails raises `NotDelivered`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.conf import settings

from metrics_app.alerts.channels import log, mail, webhook
from metrics_app.alerts.message import Message


@dataclass(frozen=True, slots=True)
class Channel:
    """`send` may take its time, of a bounded length, and raises `NotDelivered`."""

    name: str
    send: Callable[[Message], None]


def configured() -> tuple[Channel, ...]:
    """The log always; e-mail and webhook where somebody set them."""
    channels = [Channel("log", log.send)]
    if settings.ALERT_EMAILS:
        channels.append(Channel("email", partial(mail.send, to=tuple(settings.ALERT_EMAILS))))
    if settings.ALERT_WEBHOOK_URL:
        channels.append(Channel("webhook", partial(webhook.send, url=settings.ALERT_WEBHOOK_URL)))
    return tuple(channels)
