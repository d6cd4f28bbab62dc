"""Notices in the log of the process."""

from __future__ import annotations

import logging

from metrics_app.alerts.message import Message

logger = logging.getLogger(__name__)


def send(message: Message) -> None:
    """In one line each, so that a search for one word finds the whole notice."""
    level = logging.CRITICAL if message.is_urgent else logging.WARNING
    body = message.body.replace("\n", " | ")
    logger.log(logging.INFO if message.is_over else level, "%s | %s", message.subject, body)
