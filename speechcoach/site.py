"""The address that people know this server by, for links in mail."""

from __future__ import annotations

from django.conf import settings

from speechcoach import address


def full_address(path: str) -> str:
    """`path` begins with a slash. Without `SITE_URL`: the first full address that pages may be sent
    from, else the one the server listens on.
    """
    known = [settings.SITE_URL, *settings.CSRF_TRUSTED_ORIGINS]
    whole = [url for url in known if url and "*" not in url]
    site = whole[0] if whole else address.url(settings.WEB_HOST, settings.WEB_PORT)
    return site.rstrip("/") + path
