"""Pages as a signed-in person gets them."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from sessions_app.models import PracticeSession


def page(client: Client, name: str, session: PracticeSession, query: str = "") -> str:
    """The HTML of one of the talk's pages."""
    response = client.get(reverse(name, args=[session.pk]) + query)
    assert response.status_code == 200
    return response.content.decode()
