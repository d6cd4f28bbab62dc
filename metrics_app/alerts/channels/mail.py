"""Notices by e-mail."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage

from metrics_app.alerts.message import Message, NotDelivered


def send(message: Message, *, to: Sequence[str]) -> None:
    """To all in one mail; `EMAIL_TIMEOUT` bounds each answer of the server."""
    mail = EmailMessage(f"[Speech Coach] {message.subject}", message.body, None, list(to))
    try:
        mail.send()
    except (OSError, ValueError) as error:  # SMTPException is an OSError; its text has addresses
        raise NotDelivered(type(error).__name__) from None
