from __future__ import annotations

import pytest
from pytest_django import Settings

from speechcoach.site import full_address


@pytest.mark.parametrize(
    ("site", "trusted", "expected"),
    [
        ("https://coach.example.com", ["https://other.example"], "https://coach.example.com/a/"),
        ("https://example.com/", [], "https://example.com/a/"),
        ("", ["https://*.example.com", "https://b.example"], "https://b.example/a/"),
        ("", [], "http://127.0.0.1:8123/a/"),
    ],
)
def test_links_lead_to_where_people_open_the_pages(
    site: str, trusted: list[str], expected: str, settings: Settings
) -> None:
    settings.SITE_URL, settings.CSRF_TRUSTED_ORIGINS = site, trusted
    settings.WEB_HOST, settings.WEB_PORT = "127.0.0.1", 8123
    assert full_address("/a/") == expected
