"""Notices to a Slack-compatible webhook: `{"text": …}` by POST, which Mattermost, Rocket.Chat and
Discord (its address ending in `/slack`) take as well.
"""

from __future__ import annotations

import json
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from metrics_app.alerts.message import Message, NotDelivered

SECONDS: Final = 5.0
# https://docs.slack.dev/messaging/formatting-message-text: these three, and no others
ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class _StayHere(HTTPRedirectHandler):
    """A webhook that moved is told to whoever set it, not followed: a redirect drops the text."""

    def redirect_request(self, *args: Any, **options: Any) -> None:
        return None


_OPENER = build_opener(_StayHere)


def send(message: Message, *, url: str) -> None:
    """Its address is the key to it and never told."""
    data = json.dumps({"text": _text(message)}).encode()
    try:
        # `manage.py check` sees that the address is one on the web
        request = Request(url, data, {"Content-Type": "application/json"})  # noqa: S310
        with _OPENER.open(request, timeout=SECONDS):
            pass
    except HTTPError as error:
        raise NotDelivered(f"HTTP {error.code}") from None
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise NotDelivered(type(reason).__name__) from None


def _text(message: Message) -> str:
    subject, body = (text.translate(ESCAPES) for text in (message.subject, message.body))
    return f"*{subject}*\n{body}"
