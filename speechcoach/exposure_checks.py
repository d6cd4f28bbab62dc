"""Settings that are harmless on one's own machine, and not where others come by.

What stops every command is a contradiction or a hole. What `check --deploy` adds, with Django's own
list, is for who puts a server on a network.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

KEY_LENGTH: Final = 50
KEY_VARIETY: Final = 5
"""Characters, and different ones: below these Django calls a key weak (security.W009)."""


@register
def debug_at_home(**kwargs: Any) -> list[CheckMessage]:
    """Error pages with DEBUG show code, settings and requests to whoever comes by."""
    if not settings.DEBUG or not (reached := _reached_by()):
        return []
    return [
        Error(
            f"DEBUG=true would show the inside of this server to all who reach {reached}.",
            hint="Set DEBUG=false; or WEB_HOST=127.0.0.1, and no other host in ALLOWED_HOSTS.",
            id="speechcoach.E002",
        )
    ]


@register
def https_is_said(**kwargs: Any) -> list[CheckMessage]:
    """Else cookies would go over plain connections too, and nobody would be sent to https."""
    if settings.HTTPS:
        return []
    return [
        Error(
            f"{name} says https://, and HTTPS=false: cookies would travel without encryption.",
            hint="Set HTTPS=true; the proxy has to set X-Forwarded-Proto.",
            id="speechcoach.E013",
        )
        for name, addresses in (
            ("SITE_URL", [settings.SITE_URL]),
            ("CSRF_TRUSTED_ORIGINS", settings.CSRF_TRUSTED_ORIGINS),
        )
        if any(address.startswith("https://") for address in addresses)
    ]


@register
def hosts_are_named(**kwargs: Any) -> list[CheckMessage]:
    """The link of a mail about a lost password begins with the host that was asked for."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        Error(
            "ALLOWED_HOSTS=* lets strangers choose the address that mails of this server lead to.",
            hint="Name the hosts, such as ALLOWED_HOSTS=coach.example.com.",
            id="speechcoach.E014",
        )
    ]


@register
def key_cannot_be_guessed(**kwargs: Any) -> list[CheckMessage]:
    """With the key anybody signs in as anybody. It is not shown, not even a weak one."""
    key: str = settings.SECRET_KEY
    weak = len(key) < KEY_LENGTH or len(set(key)) < KEY_VARIETY or key.startswith("django-insecure")
    if not weak or not _reached_by():
        return []
    return [
        Error(
            "SECRET_KEY can be guessed.",
            hint=f"Leave it out, and one is made; or give {KEY_LENGTH} random characters or more.",
            id="speechcoach.E015",
        )
    ]


@register
def place_of_recordings(**kwargs: Any) -> list[CheckMessage]:
    path: str = settings.X_ACCEL_REDIRECT
    if not path or (path.startswith("/") and path.endswith("/") and path != "/"):
        return []
    return [
        Error(
            f"X_ACCEL_REDIRECT={path!r} is no location.",
            hint="Write it as in nginx, with a slash at both ends, such as /recordings/.",
            id="speechcoach.E016",
        )
    ]


@register(Tags.security, deploy=True)
def proxies_are_counted(**kwargs: Any) -> list[CheckMessage]:
    """HTTPS comes from a proxy, and all who come through one have its address."""
    if not settings.HTTPS or settings.ALLAUTH_TRUSTED_PROXY_COUNT > 0:
        return []
    return [
        Warning(
            "TRUSTED_PROXY_COUNT=0: all people share one allowance of attempts to sign in.",
            hint="Set it to the number of proxies in front, where nobody gets past them.",
            id="speechcoach.W017",
        )
    ]


def _reached_by() -> str:
    """A host that is not this machine's alone; "" without one."""
    return next(_hosts_of_others(), "")


def _hosts_of_others() -> Iterator[str]:
    for host in (settings.WEB_HOST, *settings.ALLOWED_HOSTS):
        if not _is_loopback(host.strip("[]")):
            yield host


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
