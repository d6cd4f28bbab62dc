from __future__ import annotations

from django.test import Client


def test_the_old_name_of_the_icon_leads_to_the_icon(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response.headers["Location"].endswith(".svg")
