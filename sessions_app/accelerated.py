"""Recordings that a proxy sends itself, once a view has said that they may be heard.

nginx calls it X-Accel-Redirect: the answer names a file below an internal location, and nginx sends
that in place of the answer's body, ranges included.
"""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings

from sessions_app.models import PracticeSession

HEADER = "X-Accel-Redirect"


def accelerated_path(session: PracticeSession) -> str:
    """Where the proxy finds the recording; "" where it is not to send it."""
    prefix: str = settings.X_ACCEL_REDIRECT
    return prefix + quote(str(session.media.name)) if prefix else ""
